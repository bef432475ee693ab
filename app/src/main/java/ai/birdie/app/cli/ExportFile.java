package ai.birdie.app.cli;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/**
 * A file that a command writes at a person's wish, and that only its owner can read. It is made
 * beside its place and moved there when it is whole: until then, what was there stays.
 */
final class ExportFile {

  private ExportFile() {}

  /** Writes it, in place of what is there; into what is no file, such as a pipe, directly. */
  static void write(Path file, Consumer<PrintWriter> content) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      fill(file, content);
      return;
    }
    Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path folder = requireNonNullElse(place.getParent(), place);
    Path partial = Files.createTempFile(folder, "export", ".partial"); // for its owner alone
    try {
      fill(partial, content);
      Files.move(
          partial, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void fill(Path file, Consumer<PrintWriter> content) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      content.accept(out);
      if (out.checkError()) {
        throw new IOException("the disk may be full");
      }
    }
  }
}
