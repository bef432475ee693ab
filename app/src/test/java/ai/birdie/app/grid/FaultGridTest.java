package ai.birdie.app.grid;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The grid itself, and the page that shows it. */
class FaultGridTest {

  private static final Path REFERENCE = Birdie.ROOT.resolve("docs/reference/faults.md");

  @Test
  void everyRowHasAnOutcomeForEveryStep() {
    assertThat(FaultGrid.rows())
        .allSatisfy(row -> assertThat(row.cells()).as(row.what()).containsOnlyKeys(Step.values()));
    assertThat(FaultGrid.rows()).extracting(Row::number).isSorted();
  }

  @Test
  void referenceIsWhatTheGridSays() throws IOException {
    String document = FaultGrid.document();
    if (System.getProperty("birdie.reference", "").equals("write")) {
      Files.writeString(REFERENCE, document);
    }
    assertThat(Files.readString(REFERENCE)).isEqualTo(document);
  }
}
