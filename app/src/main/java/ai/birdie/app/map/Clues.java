package ai.birdie.app.map;

import ai.birdie.core.feed.Origin;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.RecordKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What columns that hold a field are usually called, and what they look like. */
final class Clues {

  private static final String FILE = "clues.json";

  private final Map<String, Clue> byField;

  private Clues(Map<String, Clue> byField) {
    this.byField = byField;
  }

  /**
   * What is known of one field.
   *
   * @param names under which hardly anything else goes
   * @param weak under which other things go too
   * @param without what a table without the field costs
   * @param words what the values of other tables mean, in lower case
   * @param truths what true means in a column of that name
   */
  record Clue(
      Look look,
      List<ColumnName> names,
      List<ColumnName> weak,
      String without,
      Map<String, String> words,
      Map<String, String> truths) {}

  static Clues load() {
    try (InputStream in = Clues.class.getResourceAsStream(FILE)) {
      Map<String, Clue> clues = new HashMap<>();
      JsonMapper.shared()
          .readTree(in)
          .properties()
          .forEach(entry -> clues.put(entry.getKey(), clue(entry.getValue())));
      return new Clues(clues);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Clue clue(JsonNode node) {
    return new Clue(
        Look.named(node.path("look").asString()),
        names(node.path("names")),
        names(node.path("weak")),
        node.path("without").asString(),
        meanings(node.path("words")),
        meanings(node.path("truths")));
  }

  private static List<ColumnName> names(JsonNode list) {
    List<ColumnName> names = new ArrayList<>();
    list.forEach(name -> names.add(ColumnName.of(name.asString())));
    return names;
  }

  private static Map<String, String> meanings(JsonNode lists) {
    Map<String, String> meanings = new HashMap<>();
    lists
        .properties()
        .forEach(meaning ->
            meaning
                .getValue()
                .forEach(word -> meanings.put(Origin.fold(word.asString()), meaning.getKey())));
    return meanings;
  }

  /** What is known of a field of a kind; little, of a field that nobody has described. */
  Clue of(RecordKind kind, Field field) {
    return Optional.ofNullable(byField.get(kind.id() + "." + field.name()))
        .or(() -> Optional.ofNullable(byField.get(field.name())))
        .orElseGet(() ->
            new Clue(Look.ANYTHING, List.of(), List.of(), field.meaning(), Map.of(), Map.of()));
  }
}
