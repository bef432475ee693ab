package ai.birdie.app.grid;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;

/**
 * A row of the second grid. Immutable.
 *
 * @param number the fault's in the catalogue of faults
 * @param what the fault, in a few words
 * @param fault as docs/reference/local-control.md describes it, but for the statement that it
 *     strikes
 * @param cells what becomes of a run, by what it asked; a run that ends well says its way of
 *     reading
 */
record WayRow(int number, String what, Map<String, Object> fault, Map<Question, Cell> cells) {

  private static final String CHANGES = "by changes";

  WayRow {
    fault = Map.copyOf(fault);
    cells = Map.copyOf(cells);
  }

  static WayRow of(int number, String what, Map<String, Object> fault) {
    return new WayRow(number, what, fault, Map.of());
  }

  /** Nothing is lost by it, wherever it strikes. */
  WayRow passes() {
    return reads(CHANGES, Question.values());
  }

  /** The right rows come, by that way. */
  WayRow reads(String way, Question... questions) {
    return with(new Cell.Right(way), questions);
  }

  /** The run fails with that code, and the next one reads by the strongest way. */
  WayRow fails(int code, String words, Question... questions) {
    return with(new Cell.Refused(code, words), questions);
  }

  /** As {@link #fails(int, String, Question...)}, wherever it strikes. */
  WayRow fails(int code, String words) {
    return fails(code, words, Question.values());
  }

  Cell at(Question question) {
    return requireNonNull(cells.get(question), () -> what + " has no cell for " + question);
  }

  String name(Question question) {
    return number + " " + what + ": " + question.word();
  }

  private WayRow with(Cell cell, Question... questions) {
    Map<Question, Cell> all = new EnumMap<>(Question.class);
    all.putAll(cells);
    for (Question question : questions) {
      all.put(question, cell);
    }
    return new WayRow(number, what, fault, all);
  }
}
