package ai.birdie.app.config;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.error.ConfigException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads connection files. Every fault of a file is found at once, and none repeats a value of the
 * file. Immutable, and safe for use by many threads.
 */
public final class ConnectionFiles {

  private static final int LARGEST_FILE = 1024 * 1024;
  private static final int MOST_LINES = 50;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Map<String, String> environment;
  private final HostRule hosts;
  private final SecretRule secrets;
  private final ConnectionSchema schema;

  /**
   * A reader of files.
   *
   * @param environment what {@code ${NAME}} in a file refers to
   * @param hosts which hosts a file may name
   */
  public ConnectionFiles(Map<String, String> environment, HostRule hosts) {
    this(Map.copyOf(environment), requireNonNull(hosts), SecretRule.READ, ConnectionSchema.load());
  }

  private ConnectionFiles(
      Map<String, String> environment,
      HostRule hosts,
      SecretRule secrets,
      ConnectionSchema schema) {
    this.environment = environment;
    this.hosts = hosts;
    this.secrets = secrets;
    this.schema = schema;
  }

  /**
   * A reader that does not follow references to secrets, for who has none of them: its connections
   * can be looked at, but not used.
   */
  public ConnectionFiles withoutSecrets() {
    return new ConnectionFiles(environment, hosts, SecretRule.LEAVE, schema);
  }

  /**
   * The connection in the file.
   *
   * @throws ConfigException if the file cannot be read or has faults; the message has a line for
   *     each
   */
  public Connection read(Path file) {
    return switch (reading(file)) {
      case Reading.Valid(Connection connection) -> connection;
      case Reading.Faulty(List<Fault> faults) ->
          throw refusal(
              faults,
              "Mend the file, and run the command again; docs/reference/connection-file.md describes"
                  + " every key.");
    };
  }

  /** The connection in the file, or all that is wrong with it. */
  public Reading reading(Path file) {
    Findings findings = new Findings(file.toString());
    Optional<ObjectNode> document =
        text(file, findings).flatMap(text -> JsonText.read(text, findings));
    if (document.isEmpty()) {
      return new Reading.Faulty(findings.faults());
    }
    ObjectNode root = document.get();
    Map<String, Path> files = new References(environment, secrets, file, findings).resolve(root);
    schema.check(root, findings);
    return new Interpretation(file, hosts, new Values(root, schema, findings), files).reading();
  }

  static Optional<String> text(Path file, Findings findings) {
    try {
      if (Files.isDirectory(file)) {
        whole(findings, "must be a file, but is a directory");
        return Optional.empty();
      }
      String text = TextFile.read(file, LARGEST_FILE);
      if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
        findings.faultAt(
            Place.START, Pointer.ROOT, "must be saved as UTF-8 without a byte order mark");
        return Optional.empty();
      }
      return Optional.of(text);
    } catch (TextFile.TooLargeException e) {
      whole(findings, "must have at most 1 MiB");
    } catch (CharacterCodingException e) {
      whole(findings, "must be text in UTF-8");
    } catch (NoSuchFileException e) {
      whole(findings, "must be a file that exists");
    } catch (IOException e) {
      whole(findings, "must be a file that can be read");
    }
    return Optional.empty();
  }

  private static void whole(Findings findings, String expected) {
    findings.faultAt(Place.WHOLE_FILE, Pointer.ROOT, expected);
  }

  static ConfigException refusal(List<Fault> faults, String remedy) {
    String lines =
        faults.stream().limit(MOST_LINES).map(Fault::toString).collect(Collectors.joining("\n"));
    int more = faults.size() - MOST_LINES;
    return new ConfigException(more > 0 ? lines + "\nand " + more + " more" : lines, remedy);
  }
}
