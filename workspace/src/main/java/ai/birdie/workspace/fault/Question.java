package ai.birdie.workspace.fault;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A request, as far as faults choose by it.
 *
 * @param line its method and its path, such as {@code GET api/2.0/sql/warehouses/1}
 * @param submitted what it submits, where it submits a statement
 * @param statements what the statement of an id was
 */
public record Question(
    String line,
    Supplier<Optional<Asked>> submitted,
    Function<String, Optional<Asked>> statements) {
  /** A statement's text and query tags. */
  public record Asked(String text, Map<String, String> tags) {
    public Asked {
      tags = Map.copyOf(tags);
    }
  }

  Target call() {
    return Target.of(line);
  }

  Optional<Asked> statement() {
    Target call = call();
    return call == Target.EXECUTE ? submitted.get() : call.part(line, "id").flatMap(statements);
  }

  Optional<Integer> chunk() {
    return call().part(line, "chunk").map(Integer::valueOf);
  }
}
