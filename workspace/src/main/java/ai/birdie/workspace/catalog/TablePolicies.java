package ai.birdie.workspace.catalog;

import ai.birdie.workspace.access.Securable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The row filters and column masks of tables.
 *
 * <p>Thread-safe; every change is handed on before the method returns.
 */
public final class TablePolicies {
  /**
   * A function, and the columns that it is called with.
   *
   * @param function its full name's parts
   * @param columns by name; of a mask, those after the masked one
   */
  public record Call(List<String> function, List<String> columns) {
    public Call {
      function = List.copyOf(function);
      columns = List.copyOf(columns);
    }

    Securable routine() {
      return new Securable(Securable.Kind.FUNCTION, function);
    }
  }

  /**
   * What holds for every reader of one table.
   *
   * @param rowFilter which rows are seen; all of them where there is none
   * @param masks what is seen in place of a column, by the column's name in lower case
   */
  public record Policy(@Nullable Call rowFilter, SortedMap<String, Call> masks) {
    private static final Policy NONE = new Policy(null, new TreeMap<>());

    /** With another row filter. */
    public Policy withRowFilter(Call call) {
      return new Policy(call, masks);
    }

    /** Without a row filter. */
    public Policy withoutRowFilter() {
      return new Policy(null, masks);
    }

    /** With a column masked. */
    public Policy withMask(String column, Call call) {
      SortedMap<String, Call> more = new TreeMap<>(masks);
      more.put(column.toLowerCase(Locale.ROOT), call);
      return new Policy(rowFilter, more);
    }

    /** With a column not masked. */
    public Policy withoutMask(String column) {
      SortedMap<String, Call> fewer = new TreeMap<>(masks);
      fewer.remove(column.toLowerCase(Locale.ROOT));
      return new Policy(rowFilter, fewer);
    }

    /** Whether a column is masked, or is an argument of its filter or of a mask. */
    boolean names(String column) {
      return masks.containsKey(column.toLowerCase(Locale.ROOT))
          || Stream.concat(Stream.ofNullable(rowFilter), masks.values().stream())
              .flatMap(call -> call.columns().stream())
              .anyMatch(column::equalsIgnoreCase);
    }

    private boolean says() {
      return rowFilter != null || !masks.isEmpty();
    }
  }

  private final Map<Securable, Policy> policies;
  private final Consumer<Map<Securable, Policy>> onChange;

  TablePolicies(Map<Securable, Policy> policies, Consumer<Map<Securable, Policy>> onChange) {
    this.policies = new HashMap<>(policies);
    this.onChange = onChange;
  }

  /** What holds for a table; empty where everybody sees it as it is. */
  public synchronized Optional<Policy> of(Securable table) {
    return Optional.ofNullable(policies.get(table));
  }

  /** Changes what holds for a table. */
  public synchronized void change(Securable table, UnaryOperator<Policy> change) {
    Policy changed = change.apply(policies.getOrDefault(table, Policy.NONE));
    if (changed.says()) {
      policies.put(table, changed);
    } else {
      policies.remove(table);
    }
    onChange.accept(policies);
  }

  /** Forgets tables that are gone. */
  synchronized void forget(Predicate<Securable> gone) {
    if (policies.keySet().removeIf(gone)) {
      onChange.accept(policies);
    }
  }

  /** Has what holds for one table hold for another. */
  synchronized void copy(Securable from, Securable to) {
    Policy policy = policies.get(from);
    if (policy != null) {
      policies.put(to, policy);
      onChange.accept(policies);
    }
  }

  /** Whether there is none at all. */
  synchronized boolean isEmpty() {
    return policies.isEmpty();
  }
}
