package ai.birdie.app.grid;

import java.util.Locale;

/** What is asked of a table before it is read, to find out how: the columns of the second grid. */
enum Question {
  HISTORY("DESCRIBE HISTORY"),
  TRIAL("SELECT count(*) FROM table_changes("),
  PROBE("approx_percentile"),
  /** Asked where the store holds a version of the table already. */
  EVENTS("GROUP BY version");

  private final String statement;

  Question(String statement) {
    this.statement = statement;
  }

  /** Words that no other statement has in it. */
  String statement() {
    return statement;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
