package ai.birdie.workspace.rest;

import ai.birdie.workspace.fault.Choice;
import ai.birdie.workspace.fault.Effect;
import ai.birdie.workspace.fault.Fault;
import ai.birdie.workspace.fault.Faults;
import ai.birdie.workspace.fault.Kind;
import ai.birdie.workspace.fault.Target;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Arms faults, lists them, and disarms them. */
final class FaultsApi {
  private static final long MOST_CALLS = 1_000_000;

  private final Faults faults;

  FaultsApi(Faults faults) {
    this.faults = faults;
  }

  void answer(Call call, List<String> path) throws IOException {
    switch (call.method() + " " + path.size()) {
      case "GET 0" ->
          call.answer(
              200, Map.of("faults", faults.all().stream().map(FaultsApi::described).toList()));
      case "POST 0" -> call.answer(200, described(arm(new Fields(call.json()))));
      case "DELETE 0" -> {
        faults.disarmAll();
        call.answer(200, Map.of());
      }
      case "DELETE 1" -> {
        if (!faults.disarm(path.getFirst())) {
          throw ApiError.notFound("No fault " + path.getFirst() + " is armed.");
        }
        call.answer(200, Map.of());
      }
      default -> throw Server.noSuchPath(call);
    }
  }

  private Faults.Armed arm(Fields fields) {
    return faults
        .arm(read(fields))
        .orElseThrow(() ->
            ApiError.of(
                429,
                "RESOURCE_EXHAUSTED",
                "As many faults are armed as can be: " + Faults.MOST + ". Disarm some."));
  }

  private static Fault read(Fields fields) {
    Kind kind = oneOf("kind", Arrays.asList(Kind.values()), Kind::word, fields.text("kind"));
    Optional<String> where = fields.text("where");
    Target target =
        where.isEmpty() && kind.places().size() == 1
            ? kind.places().getFirst()
            : oneOf("where", kind.places(), Target::word, where);
    Choice choice =
        new Choice(
            target,
            fields.text("statement_contains"),
            fields.text("query_tag").map(FaultsApi::tag),
            fields.number("chunk", 0, Integer.MAX_VALUE));
    long skip = fields.number("skip", 0, MOST_CALLS).orElse(0);
    boolean always = fields.flag("always").orElse(false);
    long times = fields.number("times", 1, MOST_CALLS).orElse(always ? Long.MAX_VALUE : 1);
    Effect effect = effect(kind, fields);
    fields.requireNoOthers();
    return new Fault(kind, choice, skip, times, effect);
  }

  private static Effect effect(Kind kind, Fields fields) {
    try {
      return kind.effect(fields);
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static Map.Entry<String, String> tag(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw ApiError.badRequest("query_tag must be a key and a value, such as team=feedback.");
    }
    return Map.entry(text.substring(0, equals), text.substring(equals + 1));
  }

  private static <T> T oneOf(
      String field, List<T> allowed, Function<T, String> word, Optional<String> given) {
    return allowed.stream()
        .filter(value -> given.filter(word.apply(value)::equals).isPresent())
        .findFirst()
        .orElseThrow(() ->
            ApiError.badRequest(
                field
                    + " must be one of: "
                    + allowed.stream().map(word).collect(Collectors.joining(", "))
                    + "."));
  }

  private static Map<String, Object> described(Faults.Armed armed) {
    Fault fault = armed.fault();
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("id", armed.id());
    described.put("kind", fault.kind().word());
    described.put("where", fault.choice().where().word());
    described.put("met", armed.met());
    described.put("struck", armed.struck());
    if (fault.times() == Long.MAX_VALUE) {
      described.put("always", true);
    } else {
      described.put("times", fault.times());
    }
    return described;
  }
}
