package ai.birdie.app.config;

/**
 * One thing in a connection file that must be mended. It never holds a value of the file.
 *
 * @param file the file, as it was named to the command
 * @param line from 1; 0 where the fault is the file itself
 * @param column from 1; 0 where the fault is the file itself
 * @param pointer where in the document, as a JSON pointer; empty for all of it
 * @param expected what must be there, as the end of a sentence that begins with the place
 */
public record Fault(String file, int line, int column, String pointer, String expected) {

  /** One line for people: {@code bad.json:3:13 /connection_details/host must be ...}. */
  @Override
  public String toString() {
    return Place.label(file, line, column, pointer) + " " + expected;
  }
}
