package ai.birdie.workspace.statement;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client asks to be run, and how it wants the result.
 *
 * @param text the SQL
 * @param sessionId the client's session that it runs in; none where it runs in one of its own
 * @param catalog the catalog of names that do not say theirs
 * @param schema the schema of names that do not say theirs
 * @param parameters named parameters
 * @param delivery how the result is handed over
 * @param limits what cuts the result
 * @param waitTimeout how long the first answer may wait; zero means not at all
 * @param onWaitTimeout what happens to the statement after that
 * @param queryTags what the client calls it
 */
public record StatementRequest(
    String text,
    Optional<String> sessionId,
    Optional<String> catalog,
    Optional<String> schema,
    List<Parameter> parameters,
    Delivery delivery,
    Limits limits,
    Duration waitTimeout,
    OnWaitTimeout onWaitTimeout,
    Map<String, String> queryTags) {

  /** How a result is handed over. */
  public sealed interface Delivery {
    /** In the answer itself, as texts. */
    record Inline() implements Delivery {}

    /** As files of Arrow behind links, or, where small ones are {@link Small#ATTACHED}, not. */
    record ArrowLinks(Compression compression, Small small) implements Delivery {}

    /** As files of JSON, each an array of arrays of texts, behind links. */
    record JsonLinks() implements Delivery {}

    /** As files of comma-separated values behind links. */
    record CsvLinks() implements Delivery {}
  }

  /** How the files behind links are compressed. */
  public enum Compression {
    NONE,
    LZ4_FRAME
  }

  /** Where a small result of Arrow goes: behind a link like any, or into the first answer. */
  public enum Small {
    LINKED,
    ATTACHED
  }

  /** Where a result is cut; the manifest then says that it is truncated. */
  public record Limits(OptionalLong rows, OptionalLong bytes) {}

  /** What happens to a statement that outlasts the wait. */
  public enum OnWaitTimeout {
    CONTINUE,
    CANCEL
  }

  public StatementRequest {
    parameters = List.copyOf(parameters);
    queryTags = Map.copyOf(queryTags);
  }
}
