package ai.birdie.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is wrong with a file, what is said of it holds none of the file's values. */
class NoValueIsShownTest {

  private static final int FILES = 1_000;
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @TempDir Path folder;

  @Test
  void faultsAndWarningsHoldNoValue() {
    long seed = Long.getLong("birdie.seed", System.nanoTime());
    System.out.println("NoValueIsShownTest: -Dbirdie.seed=" + seed);
    Random random = new Random(seed);
    int faulty = 0;
    for (int i = 0; i < FILES; i++) {
      Canaries canaries = new Canaries(random);
      Sample.write(folder.resolve("canary.txt"), canaries.text());
      String text = canaries.spoilt(JSON.writeValueAsString(canaries.mutated(original())));
      String said = said(Sample.write(folder.resolve("f.json"), text), canaries.text());
      assertThat(canaries.planted()).noneMatch(said::contains);
      faulty += said.contains(" must ") ? 1 : 0;
    }
    assertThat(faulty).isGreaterThan(FILES / 2);
  }

  private static String said(Path file, String canary) {
    ConnectionFiles files = new ConnectionFiles(Map.of("CANARY", canary), HostRule.PUBLIC);
    return switch (files.reading(file)) {
      case Reading.Valid(Connection connection) -> connection.warnings().toString();
      case Reading.Faulty(List<Fault> faults) -> faults.toString();
    };
  }

  private static ObjectNode original() {
    Sample sample = Sample.oauth().with("/ingestion/key", "['id']");
    for (String key : List.of("name", "start", "lag", "settle", "mode", "cursor_zone")) {
      sample.withText("/ingestion/" + key, "${CANARY}");
    }
    return sample
        .withText("/metadata/kind_column", "type")
        .with("/ingestion/window_rows", "10")
        .copy();
  }

  /** Plants texts and numbers that occur nowhere else, and remembers them. */
  private static final class Canaries {

    private final Random random;
    private final Set<String> planted = new HashSet<>();
    private final String text;

    Canaries(Random random) {
      this.random = random;
      this.text = plant();
    }

    String text() {
      return text;
    }

    Set<String> planted() {
      return planted;
    }

    ObjectNode mutated(ObjectNode object) {
      for (String name : new ArrayList<>(object.propertyNames())) {
        JsonNode value = object.get(name);
        if (value instanceof ObjectNode child && random.nextInt(8) > 0) {
          mutated(child);
        } else if (random.nextInt(3) == 0) {
          object.set(name, value());
        } else if (random.nextInt(10) == 0) {
          object.set(name + "x", object.remove(name));
        }
      }
      return object;
    }

    /**
     * Makes every fourth file no JSON: a cut, or a control character, which no JSON has, after a
     * text.
     */
    String spoilt(String json) {
      int at = random.nextInt(json.length());
      return switch (random.nextInt(8)) {
        case 0 -> json.substring(0, at);
        case 1 -> json.substring(0, at) + plant() + "\u0001" + json.substring(at);
        default -> json;
      };
    }

    private JsonNode value() {
      return switch (random.nextInt(10)) {
        case 0 -> NODES.numberNode(new BigInteger(digits()));
        case 1 -> array(value());
        case 2 -> NODES.objectNode().set("host", value());
        case 3 -> NODES.stringNode("${" + plant() + "}");
        case 4 -> NODES.stringNode("file:" + plant());
        case 5 -> NODES.stringNode("${CANARY}");
        case 6 -> NODES.stringNode("file:canary.txt");
        case 7 -> NODES.stringNode(plant() + ", NPS, " + plant());
        case 8 -> NODES.stringNode(plant() + "\u0007 " + plant());
        default -> NODES.stringNode("https://" + plant());
      };
    }

    private static ArrayNode array(JsonNode element) {
      return NODES.arrayNode().add(element);
    }

    private String plant() {
      StringBuilder canary = new StringBuilder("q");
      for (int i = 0; i < 12; i++) {
        canary.append((char) ('a' + random.nextInt(26)));
      }
      planted.add(canary.toString());
      return canary.toString();
    }

    private String digits() {
      String digits = "9" + (100_000_000_000L + random.nextLong(100_000_000_000L));
      planted.add(digits);
      return digits;
    }
  }
}
