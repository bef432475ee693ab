package ai.birdie.testkit;

import ai.birdie.core.contract.Binding;
import ai.birdie.core.contract.Contract;
import ai.birdie.core.contract.Rule;
import ai.birdie.core.contract.Shape;
import ai.birdie.core.contract.Violation;
import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.FieldType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Rows of a contract's table: sound ones, and for each way to break a rule one that does. */
public final class SampleRows {

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final String BLANK = " \t ";
  private static final String NO_VALUE = "neither here nor there";

  private final Contract contract;
  private final SplittableRandom random;
  private int count;

  /**
   * A row that breaks one rule in one way, and no other.
   *
   * @param values by column, as the contract's rows have them; NULL where there is none
   */
  public record Broken(Violation violation, Map<String, Object> values) {

    public Broken {
      values = Map.copyOf(values);
    }
  }

  public SampleRows(Contract contract, long seed) {
    this.contract = contract;
    this.random = new SplittableRandom(seed);
  }

  /** Another sound row; every second value that may be absent is. */
  public Map<String, Object> sound() {
    Map<String, Object> row = whole();
    for (Binding binding : contract.bindings()) {
      boolean needed = binding.field().mustBeThere() || isInKey(binding) || isAmongAny(binding);
      if (!needed && random.nextBoolean()) {
        row.remove(binding.column().name());
      }
    }
    return checked(row, 0);
  }

  /** For every rule, and every way to break it, one row. */
  public List<Broken> broken() {
    List<Broken> rows = new ArrayList<>();
    for (Rule rule : contract.rules()) {
      for (Map<String, Optional<Object>> change : changes(rule)) {
        rows.add(broken(rule, change));
      }
    }
    return rows;
  }

  private Broken broken(Rule rule, Map<String, Optional<Object>> change) {
    Map<String, Object> row = whole();
    change.forEach((column, value) ->
        value.ifPresentOrElse(v -> row.put(column, v), () -> row.remove(column)));
    Violation violation =
        contract.violations(column -> Optional.ofNullable(row.get(column))).get(0);
    if (!violation.rule().equals(rule.id())) {
      throw new IllegalStateException("Not broken is " + rule + ", but " + violation);
    }
    return new Broken(violation, checked(row, 1));
  }

  private Map<String, Object> checked(Map<String, Object> row, int violations) {
    List<Violation> found = contract.violations(column -> Optional.ofNullable(row.get(column)));
    if (found.size() != violations) {
      throw new IllegalStateException("A sample row breaks " + found);
    }
    return row;
  }

  private boolean isInKey(Binding binding) {
    return contract.key().columns().contains(binding.column().name());
  }

  private boolean isAmongAny(Binding binding) {
    return contract.rules().stream()
        .anyMatch(rule -> rule instanceof Rule.AnyPresent any && any.bindings().contains(binding));
  }

  private Map<String, Object> whole() {
    count++;
    Map<String, Object> row = new LinkedHashMap<>();
    contract.bindings().forEach(b -> row.put(b.column().name(), value(b)));
    return row;
  }

  private Object value(Binding binding) {
    return switch (binding.field().type()) {
      case TEXT -> text(binding);
      case TIMESTAMP -> time(binding, FIRST.plusSeconds(random.nextInt(30_000_000)));
      case INTEGER, NUMBER -> number(binding, inside(binding));
    };
  }

  private Object text(Binding binding) {
    String text =
        binding.field().domain() instanceof Domain.Words words
            ? words.words().get(random.nextInt(words.words().size()))
            : binding.field().name() + " " + count;
    return switch (binding.shape()) {
      case TEXT -> text;
      case BYTES -> text.getBytes(StandardCharsets.UTF_8);
      default -> number(binding, count);
    };
  }

  private static Object time(Binding binding, Instant time) {
    return binding.shape() == Shape.TEXT ? time.toString() : time;
  }

  private int inside(Binding binding) {
    return binding.field().domain() instanceof Domain.Range range
        ? random.nextInt((int) Math.ceil(range.from()), (int) Math.floor(range.to()) + 1)
        : random.nextInt(100);
  }

  private static Object number(Binding binding, double number) {
    return switch (binding.shape()) {
      case TEXT -> BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
      case DECIMAL -> BigDecimal.valueOf(number);
      case FLOATING -> number;
      default -> (long) number;
    };
  }

  /** What is put into a sound row; nothing for NULL. */
  private List<Map<String, Optional<Object>>> changes(Rule rule) {
    if (rule instanceof Rule.KeyPresent key) {
      return contract.bindings().stream()
          .filter(binding -> key.columns().contains(binding.column().name()))
          .flatMap(binding -> absences(binding).stream())
          .toList();
    }
    if (rule instanceof Rule.Present present) {
      return absences(present.binding());
    }
    if (rule instanceof Rule.AnyPresent any) {
      Map<String, Optional<Object>> none = new LinkedHashMap<>();
      any.bindings().forEach(b -> none.put(b.column().name(), Optional.empty()));
      return List.of(none);
    }
    if (rule instanceof Rule.Typed typed) {
      return unfit(typed.binding()).stream().map(v -> one(typed.binding(), v)).toList();
    }
    if (rule instanceof Rule.Within within) {
      return List.of(
          one(within.binding(), number(within.binding(), within.range().from() - 1)),
          one(within.binding(), number(within.binding(), within.range().to() + 1)));
    }
    return List.of(one(((Rule.Known) rule).binding(), NO_VALUE));
  }

  private static List<Map<String, Optional<Object>>> absences(Binding binding) {
    Map<String, Optional<Object>> nothing = Map.of(binding.column().name(), Optional.empty());
    return switch (binding.shape()) {
      case TEXT -> List.of(nothing, one(binding, BLANK));
      case BYTES -> List.of(nothing, one(binding, BLANK.getBytes(StandardCharsets.UTF_8)));
      default -> List.of(nothing);
    };
  }

  private static Map<String, Optional<Object>> one(Binding binding, Object value) {
    return Map.of(binding.column().name(), Optional.of(value));
  }

  private static List<Object> unfit(Binding binding) {
    boolean whole = binding.field().type() == FieldType.INTEGER;
    return switch (binding.shape()) {
      case TEXT -> whole ? List.of(NO_VALUE, "3.5") : List.of(NO_VALUE);
      case BYTES -> List.of(new byte[] {'a', (byte) 0xff});
      case FLOATING ->
          binding.field().type() == FieldType.NUMBER
              ? List.of(Double.NaN, Double.POSITIVE_INFINITY)
              : List.of(0.5, Double.NaN);
      default -> List.of(1L << 40);
    };
  }
}
