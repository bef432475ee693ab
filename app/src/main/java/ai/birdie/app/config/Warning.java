package ai.birdie.app.config;

/**
 * One thing in a connection file that works and yet may not be what was meant. It never holds a
 * value of the file.
 *
 * @param file the file, as it was named to the command
 * @param line from 1; 0 where the warning is about the file itself
 * @param column from 1; 0 where the warning is about the file itself
 * @param pointer where in the document, as a JSON pointer; empty for all of it
 * @param meaning what comes of it, as the end of a sentence that begins with the place
 */
public record Warning(String file, int line, int column, String pointer, String meaning) {

  /** One line for people: {@code tickets.json:3:13 /data_source/partition_column says ...}. */
  @Override
  public String toString() {
    return Place.label(file, line, column, pointer) + " " + meaning;
  }
}
