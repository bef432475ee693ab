package ai.birdie.app.cli;

import ai.birdie.core.error.ConfigException;
import ai.birdie.duckdb.JsonText;
import ai.birdie.duckdb.RowSink;
import ai.birdie.duckdb.StoreReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.util.RawValue;

/** {@code birdie query SQL}. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = "Answers a question in DuckDB's SQL; it can read the store, and nothing else.",
    footer = {
      "",
      "Every kind has a view named by its id: review, nps, csat, support_ticket, and so on.",
      "  birdie query \"SELECT rating, count(*) FROM nps GROUP BY ALL ORDER BY ALL\"",
      "  birdie query --json 'SELECT * FROM \"user\" LIMIT 3'"
    })
final class QueryCommand implements Callable<Integer> {

  /** Controls, line ends, and what turns the direction of writing. */
  private static final String NOT_SHOWN =
      "[\\p{Cntrl}\\x{80}-\\x{9F}\\x{2028}-\\x{202E}\\x{2066}-\\x{2069}]";

  private final Session session;

  @Mixin private final Common common = new Common();

  @Parameters(paramLabel = "SQL", description = "One SELECT.")
  private String sql = "";

  QueryCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try {
      print(session.read(common, this::ask));
      return ExitCode.DONE.code();
    } catch (OutOfMemoryError e) {
      throw new ConfigException(
          "The answer does not fit into memory.", "Ask for less: aggregate, or add a LIMIT.", e);
    }
  }

  private Answer ask(StoreReader reader) {
    Answer answer = new Answer();
    reader.query(sql, answer);
    return answer;
  }

  private void print(Answer answer) {
    if (common.json) {
      session.output().json(answer.objects());
    } else {
      session.output().table(answer.names, answer.texts());
    }
  }

  /** The answer, held whole: it goes to a terminal or into one JSON document. */
  private static final class Answer implements RowSink {

    private final List<String> names = new ArrayList<>();
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    @Override
    public void columns(List<String> columns) {
      for (String column : columns) { // an object cannot hold a name twice
        String name = column;
        for (int i = 1; names.contains(name); i++) {
          name = column + "_" + i;
        }
        names.add(name);
      }
    }

    @Override
    public void row(List<@Nullable Object> values) {
      rows.add(values);
    }

    List<Map<String, @Nullable Object>> objects() {
      List<Map<String, @Nullable Object>> objects = new ArrayList<>();
      for (List<@Nullable Object> row : rows) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
          object.put(names.get(i), json(row.get(i)));
        }
        objects.add(object);
      }
      return objects;
    }

    private static @Nullable Object json(@Nullable Object value) {
      return value instanceof JsonText(String text) ? new RawValue(text) : value;
    }

    List<List<String>> texts() {
      return rows.stream().map(row -> row.stream().map(Answer::text).toList()).toList();
    }

    private static String text(@Nullable Object value) {
      return value == null ? "" : printable(value.toString());
    }

    /** Text from feedback must not move the cursor or break the table. */
    private static String printable(String text) {
      return text.replaceAll(NOT_SHOWN, " ");
    }
  }
}
