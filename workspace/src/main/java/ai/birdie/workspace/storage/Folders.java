package ai.birdie.workspace.storage;

import ai.birdie.workspace.access.Credentials;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A workspace's folders: one for its state, and one that goes when this is closed.
 *
 * <p>As long as it is open, no other process can open the same state.
 *
 * @param state tables, grants, and credentials
 * @param scratch everything else
 * @param lock held on the state
 */
public record Folders(Path state, Path scratch, FileChannel lock) implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Makes them; without a folder for the state it is kept among what goes.
   *
   * @throws IOException also when another process has the state open
   */
  public static Folders create(Optional<Path> state) throws IOException {
    Path scratch = Files.createTempDirectory("workspace-").toRealPath();
    try {
      Path kept = state.isPresent() ? state.get().toAbsolutePath() : scratch.resolve("state");
      Path folder = Files.createDirectories(kept).toRealPath();
      return new Folders(folder, scratch, lock(folder));
    } catch (IOException e) {
      FolderTree.delete(scratch);
      throw e;
    }
  }

  private static FileChannel lock(Path state) throws IOException {
    FileChannel channel =
        FileChannel.open(
            state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new IOException("Another workspace has its state in " + state);
    }
    return channel;
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
    JsonFile.write(file, credentials, JSON);
    return credentials;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot give up the lock on " + state, e);
    }
    FolderTree.delete(scratch);
  }
}
