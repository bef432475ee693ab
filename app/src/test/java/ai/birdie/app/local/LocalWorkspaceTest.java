package ai.birdie.app.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalWorkspaceTest {

  @TempDir private Path folder;

  @Test
  void whatSaysNothingThatIsUnderstoodIsEnded() throws Exception {
    Path number = folder.resolve("pid");

    assertThatThrownBy(() -> LocalWorkspace.start(shell("echo $$ > pid; echo ready; exec cat")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("not understood");

    long process = Long.parseLong(Files.readString(number).strip());
    ProcessHandle.of(process).ifPresent(it -> it.onExit().orTimeout(1, TimeUnit.MINUTES).join());
  }

  @Test
  void whatEndsBeforeItIsReadyIsRefused() {
    assertThatThrownBy(() -> LocalWorkspace.start(shell("exit 2")))
        .isInstanceOf(ConfigException.class);
  }

  private ProcessBuilder shell(String script) {
    return new ProcessBuilder("sh", "-c", script).directory(folder.toFile());
  }
}
