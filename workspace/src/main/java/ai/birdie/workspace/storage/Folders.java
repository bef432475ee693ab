package ai.birdie.workspace.storage;

import ai.birdie.workspace.access.Credentials;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A workspace's folders: one for its state, and one that goes when this is closed.
 *
 * @param state tables, grants, and credentials
 * @param scratch everything else
 */
public record Folders(Path state, Path scratch) implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Makes them; without a folder for the state it is kept among what goes. */
  public static Folders create(Optional<Path> state) throws IOException {
    Path scratch = Files.createTempDirectory("workspace-").toRealPath();
    Path kept = state.isPresent() ? state.get().toAbsolutePath() : scratch.resolve("state");
    return new Folders(Files.createDirectories(kept).toRealPath(), scratch);
  }

  /** A folder that goes. */
  public Path temporary(String name) throws IOException {
    return Files.createDirectories(scratch.resolve(name));
  }

  /** The credentials of the state, or fresh ones, which are then kept for nobody else to read. */
  public Credentials credentials(Supplier<Credentials> fresh) throws IOException {
    Path file = state.resolve("credentials.json");
    if (Files.exists(file)) {
      return JSON.readValue(file.toFile(), Credentials.class);
    }
    Credentials credentials = fresh.get();
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    JSON.writeValue(file.toFile(), credentials);
    return credentials;
  }

  @Override
  public void close() {
    FolderTree.delete(scratch);
  }
}
