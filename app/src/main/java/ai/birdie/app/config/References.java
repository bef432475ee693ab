package ai.birdie.app.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Puts what they refer to in the place of text values of the form {@code ${NAME}} and {@code
 * file:PATH}. What it puts there is taken as it is, and is no reference again.
 */
final class References {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(.*)}", Pattern.DOTALL);
  private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String FILE = "file:";
  private static final int LARGEST_FILE = 64 * 1024;

  /** One of a fixed set each, or for editors alone: an editor could not check a reference. */
  private static final Set<String> LITERAL =
      Set.of(
          "/$schema",
          "/connection_details/auth/method",
          "/ingestion/mode",
          "/ingestion/order",
          "/ingestion/cursor_unit");

  private final Map<String, String> environment;
  private final SecretRule secrets;
  private final Path file;
  private final Findings findings;
  private final Map<String, Path> files = new HashMap<>();

  References(Map<String, String> environment, SecretRule secrets, Path file, Findings findings) {
    this.environment = environment;
    this.secrets = secrets;
    this.file = file;
    this.findings = findings;
  }

  /**
   * Resolves every text value of the tree, in place.
   *
   * @return by their pointers, the files of which some are the content
   */
  Map<String, Path> resolve(ObjectNode root) {
    resolve(root, Pointer.ROOT);
    return Map.copyOf(files);
  }

  /** What a file holds, as it stands in the place of a reference to it. */
  static String content(Path file) throws IOException {
    return TextFile.read(file, LARGEST_FILE).replaceFirst("\\r?\\n\\z", "");
  }

  private void resolve(JsonNode node, String pointer) {
    switch (node) {
      case ObjectNode object ->
          object
              .propertyNames()
              .forEach(name -> {
                String child = Pointer.child(pointer, name);
                replacement(object.get(name), child).ifPresent(text -> object.put(name, text));
                resolve(object.get(name), child);
              });
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          String child = Pointer.child(pointer, i);
          int index = i;
          replacement(array.get(i), child)
              .ifPresent(text -> array.set(index, array.stringNode(text)));
          resolve(array.get(i), child);
        }
      }
      default -> {}
    }
  }

  private Optional<String> replacement(JsonNode node, String pointer) {
    if (!(node instanceof StringNode text) || isLeft(pointer)) {
      return Optional.empty();
    }
    Matcher variable = VARIABLE.matcher(text.stringValue());
    Optional<String> replacement = Optional.empty();
    if (variable.matches()) {
      replacement = variable(variable.group(1), pointer);
    } else if (text.stringValue().startsWith(FILE)) {
      replacement = content(text.stringValue().substring(FILE.length()), pointer);
    }
    if (replacement.filter(References::isReference).isPresent()) {
      findings.fault(pointer, "must not refer to what is a reference again");
      return Optional.empty();
    }
    return replacement;
  }

  private boolean isLeft(String pointer) {
    boolean secret = Authentication.SECRETS.contains(pointer);
    return LITERAL.contains(pointer) || (secret && secrets == SecretRule.LEAVE);
  }

  private static boolean isReference(String text) {
    return VARIABLE.matcher(text).matches() || text.startsWith(FILE);
  }

  private Optional<String> variable(String name, String pointer) {
    if (!VARIABLE_NAME.matcher(name).matches()) {
      findings.fault(pointer, "must name an environment variable in ${ and }");
      return Optional.empty();
    }
    Optional<String> value = Optional.ofNullable(environment.get(name));
    if (value.isEmpty()) {
      findings.fault(pointer, "must name an environment variable that is set");
    }
    return value;
  }

  private Optional<String> content(String path, String pointer) {
    try {
      Path referred = file.resolveSibling(path);
      String content = content(referred);
      files.put(pointer, referred);
      return Optional.of(content);
    } catch (TextFile.TooLargeException e) {
      findings.fault(pointer, "must name a file of at most 64 KiB");
    } catch (CharacterCodingException e) {
      findings.fault(pointer, "must name a file of text in UTF-8");
    } catch (IOException | InvalidPathException e) {
      findings.fault(
          pointer, "must name a file that exists and can be read, relative to the connection file");
    }
    return Optional.empty();
  }
}
