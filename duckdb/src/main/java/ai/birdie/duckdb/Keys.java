package ai.birdie.duckdb;

import ai.birdie.core.contract.Contract;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import java.util.ArrayList;
import java.util.List;

/** Finds a feed's key among the columns that its table really has. */
final class Keys {

  private static final String CONVERSATION = "conversation_id";
  private static final String MESSAGE = "message_id";

  private Keys() {}

  /**
   * The feed's contract, in terms of the table's columns. A table of conversations without {@code
   * message_id} holds one row for each, and is known by its conversation alone.
   *
   * @throws ConfigException if the table lacks a column of the key
   */
  static Contract resolve(Feed feed, List<Column> columns) {
    List<String> present = new ArrayList<>();
    for (String wanted : feed.key()) {
      columns.stream()
          .filter(column -> column.named(wanted))
          .findFirst()
          .ifPresentOrElse(column -> present.add(column.name()), () -> mayLack(feed, wanted));
    }
    return Contract.ofKey(present);
  }

  private static void mayLack(Feed feed, String wanted) {
    boolean oneRowPerConversation = wanted.equals(MESSAGE) && feed.key().contains(CONVERSATION);
    if (!oneRowPerConversation) {
      throw new ConfigException(
          "%s has no column %s, which identifies a record of kind %s."
              .formatted(feed.table(), wanted, feed.kind().id()),
          "Add the column to the table or view, or name its key in ingestion.key.");
    }
  }
}
