package ai.birdie.duckdb;

import ai.birdie.core.error.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The right to use a store. The operating system gives it back when the process ends, however it
 * ends.
 */
final class StoreLock implements AutoCloseable {

  private final FileChannel channel;

  private StoreLock(FileChannel channel) {
    this.channel = channel;
  }

  /** How a store is used: by one process that writes, or by any number that read. */
  enum Use {
    WRITE,
    READ
  }

  static StoreLock take(Path home, Use use) {
    Path file = home.resolve("lock");
    try {
      FileChannel channel = FileChannel.open(file, options(file, use));
      try {
        if (held(channel, use)) {
          if (use == Use.WRITE) {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(ownProcess().getBytes(StandardCharsets.US_ASCII)), 0);
          }
          return new StoreLock(channel);
        }
        boolean onlyRead = use == Use.WRITE && held(channel, Use.READ);
        channel.close();
        throw inUse(home, onlyRead ? "being read by another process" : writer(file));
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException(
          "The store's folder " + home + " cannot be used: " + e.getMessage(),
          "Make it a folder that this user may write, or choose another with --home.",
          e);
    }
  }

  private static Set<OpenOption> options(Path file, Use use) {
    boolean readOnly = use == Use.READ && Files.exists(file);
    return readOnly
        ? Set.of(StandardOpenOption.READ)
        : Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static boolean held(FileChannel channel, Use use) throws IOException {
    try {
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, use == Use.READ);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this very process holds it
    }
  }

  private static StoreException inUse(Path home, String how) {
    return new StoreException(
        "The store in " + home + " is " + how + ".",
        "Wait until it has finished, or choose another store with --home.");
  }

  private static String writer(Path file) {
    try {
      return "in use by process " + Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return "in use by another process";
    }
  }

  private static String ownProcess() {
    return Long.toString(ProcessHandle.current().pid());
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
