package ai.birdie.app.map;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.contract.SourceColumn;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.kind.Family;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.Field.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A field that no column holds.
 *
 * @param fields it alone, or those of which one is enough
 * @param need how much it is missed
 * @param cost what a table without it costs
 */
public record Gap(List<String> fields, Need need, String cost) {

  public Gap {
    fields = List.copyOf(fields);
    requireNonNull(need);
    requireNonNull(cost);
  }

  /** What a feed's table lacks of its kind, in the kind's order. */
  public static List<Gap> of(Feed feed, List<SourceColumn> columns) {
    Clues clues = Clues.load();
    List<Gap> gaps = new ArrayList<>();
    for (Field field : feed.kind().fields()) {
      if (isAbsent(feed, columns, field.name())) {
        gaps.add(
            new Gap(
                List.of(field.name()), need(feed, field), clues.of(feed.kind(), field).without()));
      }
    }
    List<String> anyOf = feed.kind().anyOf();
    if (!anyOf.isEmpty() && anyOf.stream().allMatch(name -> isAbsent(feed, columns, name))) {
      gaps.add(new Gap(anyOf, Need.REQUIRED, "no row says anything"));
    }
    return List.copyOf(gaps);
  }

  /** Whether the table cannot be read without it. */
  public boolean blocks() {
    return need == Need.REQUIRED;
  }

  /** The fields, as messages name them. */
  public String label() {
    return fields.stream().collect(Collectors.joining(" or "));
  }

  /** The contract has a stand-in for a message's id, and none for a key that the file names. */
  private static Need need(Feed feed, Field field) {
    boolean ofTheKey = feed.kind().key().contains(field.name());
    boolean standIn =
        feed.kind().family() == Family.CONVERSATION && field.name().equals("message_id");
    boolean otherKey = ofTheKey && !feed.key().equals(feed.mapping().columns(feed.kind().key()));
    return standIn || otherKey ? Need.OPTIONAL : field.need();
  }

  private static boolean isAbsent(Feed feed, List<SourceColumn> columns, String field) {
    return feed.mapping().of(field).stream()
        .allMatch(
            origin -> columns.stream().noneMatch(c -> c.name().equalsIgnoreCase(origin.column())));
  }
}
