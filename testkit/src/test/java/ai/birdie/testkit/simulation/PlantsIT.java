package ai.birdie.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The simulator has teeth: whatever is planted is found. And the page that says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantsIT {

  private static final Path REFERENCE =
      Path.of(System.getProperty("birdie.root", "..")).resolve("docs/reference/simulation.md");

  private final List<Plant> plants = Plants.all();

  @SuppressWarnings("NullAway.Init") // played once
  private List<Capture> captures;

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

  @Test
  void referenceIsWhatTheSimulatorSays() throws IOException {
    String document =
        new SimulationPage(captures, Scores.ofPlainHistories(), Scores.ofAll()).text();
    if (System.getProperty("birdie.reference", "").equals("write")) {
      Files.writeString(REFERENCE, document);
    }
    assertThat(Files.readString(REFERENCE)).isEqualTo(document);
  }
}
