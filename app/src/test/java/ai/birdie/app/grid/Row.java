package ai.birdie.app.grid;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;

/**
 * A row of the grid. Immutable.
 *
 * @param number the fault's in the catalogue of faults
 * @param what the fault, in a few words
 * @param trouble what brings it about
 * @param cells what becomes of a run, by the step that fails
 */
record Row(int number, String what, Trouble trouble, Map<Step, Cell> cells) {

  Row {
    cells = Map.copyOf(cells);
  }

  static Row of(int number, String what, Trouble trouble) {
    return new Row(number, what, trouble, Map.of());
  }

  /** The right rows come, wherever of these it strikes. */
  Row right(Step... steps) {
    return tells("", steps);
  }

  /** The right rows come, and the user is told these words. */
  Row tells(String words, Step... steps) {
    return with(new Cell.Right(words), steps);
  }

  /** The run fails with that code, and says these words. */
  Row fails(int code, String words, Step... steps) {
    return with(new Cell.Refused(code, words), steps);
  }

  /** It cannot occur there. */
  Row never(Why why, Step... steps) {
    return with(new Cell.Empty(why), steps);
  }

  /** What becomes of a run where that step fails. */
  Cell at(Step step) {
    return requireNonNull(cells.get(step), () -> number + " " + what + " has no cell for " + step);
  }

  /** What the test of a cell is called. */
  String name(Step step) {
    return number + " " + what + ": " + step.word();
  }

  private Row with(Cell cell, Step... steps) {
    Map<Step, Cell> all = new EnumMap<>(Step.class);
    all.putAll(cells);
    for (Step step : steps) {
      if (all.put(step, cell) != null) {
        throw new IllegalStateException(what + " has two outcomes at " + step);
      }
    }
    return new Row(number, what, trouble, all);
  }
}
