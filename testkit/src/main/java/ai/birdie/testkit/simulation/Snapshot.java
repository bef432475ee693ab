package ai.birdie.testkit.simulation;

import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import java.util.List;
import java.util.Optional;

/** The rows of a table at one version. */
final class Snapshot {

  private final List<FeedbackRow> rows;
  private Optional<Positions> positions = Optional.empty();

  Snapshot(List<FeedbackRow> rows) {
    this.rows = rows;
  }

  List<FeedbackRow> rows() {
    return rows;
  }

  /** The rows of a window. */
  List<FeedbackRow> rows(Window window) {
    return rows.stream().filter(row -> WindowRows.contain(window, row)).toList();
  }

  /** The total of a window's rows. */
  Total total(Window window) {
    return window.slice().isWhole() ? positions().of(window) : FeedbackRow.total(rows(window));
  }

  Positions positions() {
    if (positions.isEmpty()) {
      positions =
          Optional.of(
              new Positions(
                  rows.stream()
                      .map(row -> new Positions.Entry(row.position(), row.hash(), 1))
                      .toList()));
    }
    return positions.get();
  }
}
