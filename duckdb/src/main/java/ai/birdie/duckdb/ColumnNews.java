package ai.birdie.duckdb;

import ai.birdie.core.contract.Binding;
import ai.birdie.core.contract.Contract;
import ai.birdie.core.feed.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says, for people, that a source has other columns than the rows that were landed of it. */
final class ColumnNews {

  private static final int MOST_NAMED = 10;

  private final Feed feed;
  private final List<String> sentences = new ArrayList<>();

  private ColumnNews(Feed feed) {
    this.feed = feed;
  }

  /**
   * What is to be said of {@code fitted}.
   *
   * @param presented how the rows were shown until now
   * @param contract of the columns that the source has now
   */
  static List<String> of(
      Feed feed,
      LandingTable.Fitted fitted,
      List<Judgement.Presented> presented,
      Contract contract) {
    ColumnNews news = new ColumnNews(feed);
    news.gone(fitted.gone(), presented);
    news.added(fitted.added(), contract.bindings());
    return List.copyOf(news.sentences);
  }

  private void gone(List<Column> columns, List<Judgement.Presented> presented) {
    List<Column> plain = new ArrayList<>();
    for (Column column : columns) {
      String fields =
          presented.stream()
              .filter(shown -> column.named(shown.column()))
              .map(Judgement.Presented::field)
              .collect(Collectors.joining(", "));
      if (fields.isEmpty()) {
        plain.add(column);
      } else {
        say(
            List.of(column),
            "is gone (it held the field %s): rows that are read from now on are without it. If it has another name now, say so in the file's mapping, which birdie map FILE proposes, and load the feed anew: birdie ingest --full FILE",
            fields);
      }
    }
    say(plain, "is gone: rows that are read from now on are without it.", "");
  }

  private void added(List<Column> columns, List<Binding> bindings) {
    List<Column> plain = new ArrayList<>();
    for (Column column : columns) {
      String fields =
          bindings.stream()
              .filter(binding -> column.named(binding.column().name()))
              .map(binding -> binding.field().name())
              .collect(Collectors.joining(", "));
      if (fields.isEmpty()) {
        plain.add(column);
      } else {
        say(List.of(column), "is new, and is taken for the field %s.", fields);
      }
    }
    say(
        plain,
        feed.kind().asItIs()
            ? "is new, and is shown as it is."
            : "is new (kept in additional_fields; birdie map FILE proposes what it is).",
        "");
  }

  private void say(List<Column> columns, String what, String fields) {
    if (!columns.isEmpty()) {
      sentences.add(
          "%s: column %s %s".formatted(feed.table(), names(columns), what.formatted(fields)));
    }
  }

  private static String names(List<Column> columns) {
    String names =
        columns.stream().limit(MOST_NAMED).map(Column::name).collect(Collectors.joining(", "));
    int more = columns.size() - MOST_NAMED;
    return more > 0 ? names + ", and each of " + more + " more," : names;
  }
}
