package ai.birdie.testkit.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The simulator has teeth: whatever is planted is found. And the page that says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantsIT {

  private static final Path DOCS = Path.of(System.getProperty("birdie.root", "..")).resolve("docs");
  private static final Path REFERENCE = DOCS.resolve("reference/simulation.md");

  private final List<Plant> plants = Plants.all();

  @SuppressWarnings("NullAway.Init") // played once
  private List<Capture> captures;

  private final Map<String, Score> plain = Scores.ofPlainHistories();
  private final Map<String, Score> all = Scores.ofAll();

  @BeforeAll
  void play() {
    captures = plants.parallelStream().map(Capture::of).flatMap(Optional::stream).toList();
  }

  @Test
  void everyPlantIsFound() {
    assertThat(captures.stream().map(Capture::plant).map(Plant::what))
        .containsExactlyElementsOf(plants.stream().map(Plant::what).toList())
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(30);
  }

  /** What a history must fail on, so that the many that {@code SimulationIT} plays would. */
  @Test
  void everyPlantBreaksThePromiseOfSomeHistory() {
    assertThat(captures)
        .filteredOn(capture -> capture.broken().isEmpty())
        .extracting(capture -> capture.plant().what())
        .as("what promises less, too")
        .containsExactlyInAnyOrder(
            "no run looks back", "runs look back by less than the writers' clocks differ");
  }

  @Test
  void referenceIsWhatTheSimulatorSays() throws IOException {
    String document = new SimulationPage(captures, plain, all).text();
    if (System.getProperty("birdie.reference", "").equals("write")) {
      Files.writeString(REFERENCE, document);
    }
    assertThat(Files.readString(REFERENCE)).isEqualTo(document);
  }

  @Test
  void guaranteesShowTheSameFigures() throws IOException {
    String[] sections =
        Files.readString(DOCS.resolve("concepts/guarantees.md")).split("And with whatever else", 2);
    assertShown(plain, sections[0], 6);
    assertShown(all, sections[1], 4);
  }

  private static void assertShown(Map<String, Score> scores, String section, int rules) {
    List<String> lines = section.lines().filter(line -> rule(scores, line).isPresent()).toList();
    assertThat(lines)
        .hasSize(rules)
        .allSatisfy(line -> {
          Score score = scores.get(rule(scores, line).orElseThrow());
          assertThat(line).endsWith(SimulationPage.figures(requireNonNull(score)));
        });
  }

  private static Optional<String> rule(Map<String, Score> scores, String line) {
    return scores.keySet().stream().filter(rule -> line.startsWith("| " + rule)).findFirst();
  }
}
