package ai.birdie.app.grid;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All faults that the source can meet, and what becomes of a run at each step. */
final class FaultGrid {

  private static final String HEAD =
      """
      # What becomes of a run when something fails

      Each row is a fault, and each column the step of `birdie ingest` that it strikes: getting a *token*; *submitting* the statement of a
      window; *polling* it until it has ended; asking for a *link* to a chunk; *downloading* the chunk; *decoding* what came. Every cell is
      a test, `FaultGridIT`, which runs the product against the local workspace through a proxy, and which fails when the outcome is another
      one. The last table is about the statements before those. `FaultGridTest` fails when this page is not what it would write (`./mvnw -pl app
      -am test -Dtest=FaultGridTest -Dsurefire.failIfNoSpecifiedTests=false -Dbirdie.reference=write`). What bytes of a chunk can do besides is in `ChunkDamageTest`.

      The numbers are those of the catalogue of faults by which Birdie is built: 1 to 14 the network, 15 to 36 the API, 37 to 44 the data.

      | in a cell | the run |
      |---|---|
      | rows | ends well: the store holds exactly the source's rows, and every receipt balances; words that follow are those of a warning |
      | a number, and words | fails with that exit code and those words in its message, which says what to do and holds no secret; nothing of the window is in the store, and the next run without the fault brings all rows |
      | a letter | cannot meet the fault there, for the reason that stands below |

      Exit codes: 2 configuration, 3 access refused, 4 source unavailable, 6 not whole.

      """;

  private FaultGrid() {}

  /** By number. */
  static List<Row> rows() {
    return Stream.of(NetworkFaults.rows(), ApiFaults.rows(), ResultFaults.rows(), DataFaults.rows())
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(Row::number))
        .toList();
  }

  /** The grid as a page. */
  static String document() {
    String columns =
        Stream.of(Step.values()).map(Step::word).collect(Collectors.joining(" | ", "| ", " |\n"));
    String lines = rows().stream().map(FaultGrid::line).collect(Collectors.joining());
    String reasons =
        Stream.of(Why.values())
            .map(why -> why.letter() + ". " + why.text() + "\n")
            .collect(Collectors.joining());
    String table = "| # | fault " + columns + "|---".repeat(8) + "|\n" + lines + "\n" + reasons;
    return HEAD + table + WayFaults.document();
  }

  private static String line(Row row) {
    return Stream.of(Step.values())
        .map(step -> shown(row.at(step)))
        .collect(
            Collectors.joining(" | ", "| " + row.number() + " | " + row.what() + " | ", " |\n"));
  }

  /** A cell as it is in the table. */
  static String shown(Cell cell) {
    return switch (cell) {
      case Cell.Right(String told) -> told.isEmpty() ? "rows" : "rows, " + told;
      case Cell.Refused(int code, String words) -> "**" + code + "** " + words;
      case Cell.Empty(Why why) -> String.valueOf(why.letter());
    };
  }
}
