package ai.birdie.workspace.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file of JSON for nobody else to read, which is there whole or not at all. */
public final class JsonFile {
  private JsonFile() {}

  /** Writes a value, in place of what is there; made beside it first. */
  public static void write(Path file, Object value, ObjectMapper json) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    json.writeValue(next.toFile(), value);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
