package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures the mapping on files with the columns of real feedback: as they are, and with their
 * columns renamed as {@code renamed.json} says.
 */
class MapDataIT {

  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private Path folder;

  /** A file whose columns have other names: those, by the field's. */
  private record Variant(String kind, String table, Map<String, String> names) {}

  @Test
  void findsTheFieldsOfRowsThatWereMadeUp() throws IOException {
    assertFound(Birdie.ROOT.resolve("app/src/test/resources/ai/birdie/app/feedback"));
  }

  /** On files of one's own, which the system property names as for {@link DataFolderIT}. */
  @Test
  @EnabledIfSystemProperty(named = "birdie.data", matches = ".+")
  void findsTheFieldsOfRowsOfOnesOwn() throws IOException {
    assertFound(Birdie.ROOT.resolve(System.getProperty("birdie.data")).normalize());
  }

  /** Every field under its own name, and none in a column that holds another. */
  private void assertFound(Path own) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    List<Variant> variants = variants();
    for (Variant variant : variants) {
      Files.writeString(
          data.resolve(variant.table() + ".csv"),
          renamed(Files.readString(own.resolve(variant.kind() + ".csv")), variant.names()));
    }
    Map<String, Integer> counts = new TreeMap<>(Map.of("found", 0, "wrong", 0, "missed", 0));
    List<String> misses = new ArrayList<>();
    try (Lake lake = Lake.open(List.of("--data", data.toString()))) {
      for (Variant variant : variants) {
        measure(lake, variant, counts, misses);
      }
    }
    System.out.println(counts + "; not found: " + misses);
    assertThat(counts).containsEntry("wrong", 0);
    assertThat(misses).noneMatch(miss -> miss.contains("_0."));
  }

  private void measure(Lake lake, Variant variant, Map<String, Integer> counts, List<String> misses)
      throws IOException {
    Path file = lake.connect(folder, variant.table(), variant.kind(), Map.of());
    if (variant.kind().equals("social_media_post")) {
      Files.writeString(file, Files.readString(file).replace("updated_at", "loaded_at"));
    }
    Answer answer =
        Birdie.run("map", "--json", "--local", "--home", folder.toString(), file.toString());
    Map<String, String> found = new HashMap<>();
    JSON.readTree(answer.out())
        .path("feeds")
        .path(0)
        .path("fields")
        .forEach(
            field -> found.put(field.path("field").asString(), field.path("column").asString("")));
    variant
        .names()
        .forEach((field, column) -> {
          String held = found.getOrDefault(field, "");
          String outcome = held.equals(column) ? "found" : held.isEmpty() ? "missed" : "wrong";
          counts.merge(outcome, 1, Integer::sum);
          if (!outcome.equals("found")) {
            misses.add(variant.table() + "." + column + " (" + field + ")");
          }
        });
  }

  /** Each file as it is, and renamed in every way. */
  private static List<Variant> variants() throws IOException {
    List<Variant> variants = new ArrayList<>();
    try (var in = MapDataIT.class.getResourceAsStream("renamed.json")) {
      for (Map.Entry<String, JsonNode> kind : JSON.readTree(in).properties()) {
        Map<String, String> own = new TreeMap<>();
        kind.getValue().path(0).propertyNames().forEach(field -> own.put(field, field));
        variants.add(new Variant(kind.getKey(), kind.getKey() + "_0", own));
        for (JsonNode names : kind.getValue()) {
          Map<String, String> renamed = new TreeMap<>();
          names
              .properties()
              .forEach(name -> renamed.put(name.getKey(), name.getValue().asString()));
          String table = kind.getKey() + "_" + variants.size();
          variants.add(new Variant(kind.getKey(), table, renamed));
        }
      }
    }
    return variants;
  }

  private static String renamed(String csv, Map<String, String> names) {
    int end = csv.indexOf('\n');
    List<String> header =
        Arrays.stream(csv.substring(0, end).strip().split(",", -1))
            .map(column -> names.getOrDefault(column, column))
            .toList();
    return String.join(",", header) + csv.substring(end);
  }
}
