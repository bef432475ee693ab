package ai.birdie.duckdb;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a store: DuckDB's own, and beside it the log of what is not written into it yet.
 *
 * <p>None of them may be opened here while this process has it open as a database: on POSIX, to
 * close a file gives back every lock that the process holds on it.
 */
final class StoreFiles {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private StoreFiles() {}

  /** The log beside a store's file; there is none after a store was closed in good order. */
  static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + ".wal");
  }

  /** The size of both. */
  static long bytes(Path file) throws IOException {
    Path log = log(file);
    return Files.size(file) + (Files.exists(log) ? Files.size(log) : 0);
  }

  /**
   * Copies a file, durably, so that only its owner can read it; what is there already is replaced.
   */
  static void copy(Path from, Path to) throws IOException {
    Files.deleteIfExists(to);
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel target = FileChannel.open(to, options, ownerOnly(to))) {
      long size = source.size();
      for (long at = 0; at < size; ) {
        long copied = source.transferTo(at, size - at, target);
        if (copied == 0) {
          throw new IOException(from + " became shorter while it was read");
        }
        at += copied;
      }
      target.force(true);
    }
  }

  /** Writes a file, durably, so that only its owner can read it; what is there is replaced. */
  static void write(Path file, byte[] bytes) throws IOException {
    Files.deleteIfExists(file);
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel target = FileChannel.open(file, options, ownerOnly(file))) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        target.write(left);
      }
      target.force(true);
    }
  }

  /** What DuckDB puts beside a store when its memory is short; a killed process leaves it there. */
  static Path spill(Path file) {
    return file.resolveSibling("spill");
  }

  /** Deletes what was left there. */
  static void discardSpilt(Path file) throws IOException {
    if (Files.isDirectory(spill(file))) {
      try (Stream<Path> files = Files.list(spill(file))) {
        for (Path left : files.filter(Files::isRegularFile).toList()) {
          Files.delete(left);
        }
      }
    }
  }

  /** Lets only its owner use what is there. */
  static void keepToOwner(Path file) throws IOException {
    if (posix(file)) {
      Files.setPosixFilePermissions(file, OWNER_ONLY);
    }
  }

  /** Gives a file another name in its folder, for its owner alone, in one step and durably. */
  static void rename(Path from, Path to) throws IOException {
    keepToOwner(from);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (posix(to)) {
      try (FileChannel folder = FileChannel.open(folder(to), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  /** The name under which a file is made before it takes its place. */
  static Path partial(Path file) {
    return file.resolveSibling(file.getFileName() + ".partial");
  }

  /** Deletes a file and the log beside it, if they are there. */
  static void discard(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(log(file));
  }

  /** What failed, for people: the message of many such failures is but the file's name. */
  static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + ", " + e.getMessage();
  }

  private static FileAttribute<?>[] ownerOnly(Path file) throws IOException {
    return posix(file)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static boolean posix(Path file) throws IOException {
    return Files.getFileStore(folder(file)).supportsFileAttributeView("posix");
  }

  private static Path folder(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    return requireNonNullElse(absolute.getParent(), absolute);
  }
}
