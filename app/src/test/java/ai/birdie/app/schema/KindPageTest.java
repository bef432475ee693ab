package ai.birdie.app.schema;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KindPageTest {

  private static final Path REFERENCE = Birdie.ROOT.resolve("docs/reference/kinds.md");

  @Test
  void referenceIsWhatTheKindsSay() throws IOException {
    String document = KindPage.document();
    if (System.getProperty("birdie.reference", "").equals("write")) {
      Files.writeString(REFERENCE, document);
    }
    assertThat(Files.readString(REFERENCE)).isEqualTo(document);
  }
}
