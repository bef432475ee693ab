package ai.birdie.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFileTest {

  @TempDir private Path folder;

  @Test
  void isReadableByItsOwnerAloneEvenWhereAllCouldReadWhatWasThere() throws Exception {
    Path file = Files.writeString(folder.resolve("rows.jsonl"), "before");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    ExportFile.write(file, out -> out.print("after"));

    assertThat(file).hasContent("after");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void leavesWhatWasThereIfWhatIsToBeWrittenCannotBeHad() throws Exception {
    Path file = Files.writeString(folder.resolve("rows.jsonl"), "before");

    assertThatThrownBy(() ->
            ExportFile.write(
                file,
                out -> {
                  out.print("after");
                  throw new IllegalStateException("the store is damaged");
                }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(file).hasContent("before");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void leavesALinkToAFileInItsPlace() throws Exception {
    Path file = Files.writeString(folder.resolve("rows.jsonl"), "before");
    Path link = Files.createSymbolicLink(folder.resolve("latest.jsonl"), file);

    ExportFile.write(link, out -> out.print("after"));

    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("after");
  }
}
