package ai.birdie.workspace.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.workspace.access.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoldersTest {
  private static final Credentials FIRST = credentials("first");

  @TempDir Path state;

  @Test
  void credentialsAreKeptForNobodyElseToRead() throws Exception {
    try (Folders folders = Folders.create(Optional.of(state))) {
      assertThat(folders.credentials(() -> FIRST)).isEqualTo(FIRST);
      assertThat(folders.credentials(() -> credentials("second"))).isEqualTo(FIRST);
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(state.resolve("credentials.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void credentialsThatCouldNotBeWrittenAreMadeAnewByTheNextStart() throws Exception {
    Path inTheWay = state.resolve("credentials.json.next").resolve("in the way");
    Files.createDirectories(inTheWay);
    try (Folders folders = Folders.create(Optional.of(state))) {
      assertThatThrownBy(() -> folders.credentials(() -> FIRST)).isInstanceOf(IOException.class);
      Files.delete(inTheWay);

      assertThat(folders.credentials(() -> FIRST)).isEqualTo(FIRST);
    }
  }

  private static Credentials credentials(String name) {
    return new Credentials("warehouse", name, "dose-secret", "dapi-reader", "dapi-admin");
  }
}
