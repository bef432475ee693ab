package ai.birdie.app.config;

import java.util.Locale;

/** Warns of what works and yet loses rows, or was forgotten. */
final class Advice {

  private static final String BETTER =
      "better is a column that is set whenever a row is inserted or changed, such as loaded_at or"
          + " updated_at";

  private Advice() {}

  static void give(Values values) {
    partitionColumn(values);
    authentication(values);
    examples(values);
  }

  private static void partitionColumn(Values values) {
    Findings findings = values.findings();
    String pointer = FeedSettings.PARTITION_COLUMN;
    if (!values.has(pointer)) {
      findings.warning(
          Pointer.parent(pointer),
          "names no partition_column, so created_at is used, which misses rows that change later; "
              + BETTER);
      return;
    }
    switch (values.text(pointer).orElse("").toLowerCase(Locale.ROOT)) {
      case "created_at", "inserted_at" ->
          findings.warning(
              pointer,
              "says when a row was first written: rows that change later are missed, unless the"
                  + " table is append-only; "
                  + BETTER);
      case "posted_at" ->
          findings.warning(
              pointer,
              "says when something happened, not when its row was written: rows that change later"
                  + " or arrive late are missed; "
                  + BETTER);
      default -> {}
    }
  }

  private static void authentication(Values values) {
    Findings findings = values.findings();
    boolean token = values.text(Authentication.METHOD).orElse("oauth").equals("pat");
    if (token) {
      findings.warning(
          Authentication.METHOD,
          "is pat: such a token lives long and belongs to one person; better is oauth with a"
              + " service principal");
    }
    for (String pointer : token ? Authentication.OAUTH_KEYS : Authentication.PAT_KEYS) {
      if (values.has(pointer)) {
        findings.warning(
            pointer, "is not used with the method " + (token ? "pat" : "oauth") + "; remove it");
      }
    }
  }

  private static void examples(Values values) {
    warnOfExample(values, "/connection_details/host", "dbc-xxxx");
    warnOfExample(values, "/connection_details/warehouse_id", "a1b2c3d4e5f6g7h8");
    Authentication.OAUTH_KEYS.forEach(pointer -> warnOfExample(values, pointer, "your-"));
    Authentication.PAT_KEYS.forEach(pointer -> warnOfExample(values, pointer, "your-"));
  }

  private static void warnOfExample(Values values, String pointer, String example) {
    if (values.text(pointer).filter(text -> text.contains(example)).isPresent()) {
      values.findings().warning(pointer, "is still the one of the example; put your own there");
    }
  }
}
