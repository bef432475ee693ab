package ai.birdie.app.grid;

import static ai.birdie.app.grid.Question.EVENTS;
import static ai.birdie.app.grid.Question.HISTORY;
import static ai.birdie.app.grid.Question.PROBE;
import static ai.birdie.app.grid.Question.TRIAL;
import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What becomes of a feed of a table with a change data feed where something fails while its way of
 * reading is sought.
 */
final class WayFaults {

  private static final String HEAD =
      """

      ## While the way of reading is sought

      Before a run reads, it finds out [in which way](../concepts/guarantees.md) its table can be read. Each column is one of the statements by
      which it does so: the table's *history*; the *trial* of its change data feed; the *probe* of how its rows lie at a version; and, once
      the store holds a version, the *events* since then. The table has a change data feed. Every cell is a test, `WayGridIT`. A weaker way is
      taken only where the warehouse itself ends a statement, says why, and would again; `birdie status --json` has the reason. What passes, and
      what keeps statements from being asked, says nothing of the table: it is waited for or ends the run, and the next run reads by changes
      ([why so](../decisions/0016-a-refusal-and-a-failure.md)). Cells are as above; *by* is the way in which the rows were read.

      """;

  private static final String EXECUTE = "execute";

  /** The call that starts a statement, and those that ask how it stands. */
  private static final String RESULT = "result";

  private WayFaults() {}

  static List<WayRow> rows() {
    return Stream.of(passing(), lasting(), refusals())
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(WayRow::number))
        .toList();
  }

  private static List<WayRow> passing() {
    return List.of(
        always(4, "the connection is closed", "drop").fails(4, "the connection broke"),
        once(20, "429", "too_many_requests").passes(),
        failed("for a time", Map.of("error_code", "INTERNAL_ERROR", "times", 1))
            .fails(4, "in a few minutes"),
        WayRow.of(22, "CLOSED, its result gone, once", armed("closed", RESULT, Map.of())).passes());
  }

  /** What would be the same for any statement says nothing of the way. */
  private static List<WayRow> lasting() {
    return List.of(
        once(11, "a page of HTML with status 200", "html").fails(4, "did not answer with JSON"),
        always(17, "403 for a right that is missing", "permission_denied").fails(3, "refuses it"),
        failed("and nothing says why", Map.of("error_code", "UNKNOWN", "always", true))
            .fails(4, "ended as FAILED"));
  }

  private static List<WayRow> refusals() {
    return List.of(
        failed("for want of a right", bad("42501"))
            .reads("by cursor", HISTORY)
            .reads("by version", TRIAL)
            .fails(3, "has no SELECT for it", PROBE)
            .reads("by changes", EVENTS),
        failed("as something that cannot be", bad("0A000"))
            .reads("by cursor", HISTORY)
            .reads("by version", TRIAL)
            .fails(4, "ended as FAILED", PROBE)
            .reads("by changes", EVENTS));
  }

  private static WayRow once(int number, String what, String kind) {
    return WayRow.of(number, what + ", once", armed(kind, EXECUTE, Map.of("times", 1)));
  }

  private static WayRow always(int number, String what, String kind) {
    return WayRow.of(number, what + ", always", armed(kind, EXECUTE, Map.of("always", true)));
  }

  private static WayRow failed(String what, Map<String, Object> parameters) {
    return WayRow.of(22, "FAILED " + what, armed("failed", RESULT, parameters));
  }

  /** Statements that cannot be are answered so, with a state that says why. */
  private static Map<String, Object> bad(String sqlState) {
    return Map.of("error_code", "BAD_REQUEST", "sql_state", sqlState, "always", true);
  }

  private static Map<String, Object> armed(
      String kind, String where, Map<String, Object> parameters) {
    Map<String, Object> fault = new HashMap<>(parameters);
    fault.put("kind", kind);
    fault.put("where", where);
    return fault;
  }

  /** The grid as a part of the page. */
  static String document() {
    String columns =
        Stream.of(Question.values()).map(Question::word).collect(joining(" | ", "| ", " |\n"));
    String lines = rows().stream().map(WayFaults::line).collect(joining());
    return HEAD + "| # | fault " + columns + "|---".repeat(6) + "|\n" + lines;
  }

  private static String line(WayRow row) {
    return Stream.of(Question.values())
        .map(question -> FaultGrid.shown(row.at(question)))
        .collect(joining(" | ", "| " + row.number() + " | " + row.what() + " | ", " |\n"));
  }
}
