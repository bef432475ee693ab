package ai.birdie.app.grid;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;

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
  void everyFaultOfTheCatalogueHasARow() {
    assertThat(FaultGrid.rows())
        .extracting(Row::number)
        .containsAll(IntStream.rangeClosed(1, 44).boxed().toList());
  }

  @Test
  void whatIsPlayedOutsideIsInTheGrid() {
    assertThat(FaultGridIT.cells().map(cell -> ((ArgumentSet) cell).getName()))
        .containsAll(FaultGridIT.OUTSIDE)
        .doesNotHaveDuplicates();
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
