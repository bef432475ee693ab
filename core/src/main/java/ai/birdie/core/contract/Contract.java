package ai.birdie.core.contract;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules that a feed's rows must satisfy; a row that breaks one is quarantined whole.
 *
 * @param key the rule that every contract has: without its key a row cannot be told from another
 */
public record Contract(Rule.KeyPresent key) {

  private static final String CONVERSATION = "conversation_id";
  private static final String MESSAGE = "message_id";

  /**
   * The contract of {@code feed}, in terms of the columns that its table has. A table of
   * conversations without {@code message_id} holds one row for each, and is known by its
   * conversation alone.
   *
   * @param columns the table's column names, matched without regard to case
   * @throws ConfigException if the table lacks a column of the key
   */
  public static Contract of(Feed feed, List<String> columns) {
    List<String> present = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String wanted : feed.key()) {
      Optional<String> column = columns.stream().filter(wanted::equalsIgnoreCase).findFirst();
      column.ifPresent(present::add);
      if (column.isEmpty() && !(wanted.equals(MESSAGE) && feed.key().contains(CONVERSATION))) {
        missing.add(wanted);
      }
    }
    if (!missing.isEmpty()) {
      throw new ConfigException(
          "%s has no column %s, which identifies a record of kind %s."
              .formatted(feed.table(), String.join(", ", missing), feed.kind().id()),
          "Add the column to the table or view, or name its key in ingestion.key.");
    }
    return new Contract(new Rule.KeyPresent(present));
  }

  /** All rules, in the order in which their violations are listed. */
  public List<Rule> rules() {
    return List.of(key);
  }
}
