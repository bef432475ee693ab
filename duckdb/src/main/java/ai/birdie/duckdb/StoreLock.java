package ai.birdie.duckdb;

import ai.birdie.core.error.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to use a store, held by one process at a time. The operating system gives it back when
 * the process ends, however it ends.
 */
final class StoreLock implements AutoCloseable {

  private final FileChannel channel;

  private StoreLock(FileChannel channel) {
    this.channel = channel;
  }

  static StoreLock take(Path home) {
    Path file = home.resolve("lock");
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        if (held(channel)) {
          channel.truncate(0);
          channel.write(ByteBuffer.wrap(ownProcess().getBytes(StandardCharsets.US_ASCII)), 0);
          return new StoreLock(channel);
        }
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      channel.close();
    } catch (IOException e) {
      throw new StoreException(
          "The store's folder " + home + " cannot be used: " + e.getMessage(),
          "Make it a folder that this user may write, or choose another with --home.",
          e);
    }
    throw new StoreException(
        "The store in " + home + " is in use by process " + holder(file) + ".",
        "Wait until it has finished, or choose another store with --home.");
  }

  private static boolean held(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this very process holds it
    }
  }

  private static String ownProcess() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static String holder(Path file) throws StoreException {
    try {
      return Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return "(unknown)";
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException(
          "The store's lock could not be given back: " + e.getMessage(),
          "It ends with this process; nothing needs to be done.",
          e);
    }
  }
}
