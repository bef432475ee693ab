package ai.birdie.app.config;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.error.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The text of a connection file, of which single values can be changed while the rest stays as it
 * was written: order, spaces, and references to secrets.
 */
public record ConnectionText(String text) {

  private static final int LARGEST_FILE = 1024 * 1024;
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Pattern LINE = Pattern.compile("\\r?\\n[ \\t]*");
  private static final String INDENT = "  ";

  public ConnectionText {
    requireNonNull(text);
  }

  /**
   * The text of a file that was understood before.
   *
   * @throws ConfigException if it cannot be read any more
   */
  public static ConnectionText of(Path file) {
    try {
      return new ConnectionText(TextFile.read(file, LARGEST_FILE));
    } catch (IOException e) {
      throw new ConfigException(
          file + " cannot be read: " + e.getClass().getSimpleName() + ".",
          "Look at the file's permissions.");
    }
  }

  /**
   * The same text with another value, or one more.
   *
   * @param path the keys that lead to it; objects that are not there are made
   * @param value text, a number, or lists and maps of those; an empty {@code Optional} for null
   */
  public ConnectionText with(List<String> path, Object value) {
    return with(text.indexOf('{'), path, value);
  }

  private ConnectionText with(int from, List<String> path, Object value) {
    ObjectSpan object = ObjectSpan.of(text.substring(from), path.getFirst());
    List<String> rest = path.subList(1, path.size());
    if (object.value().isPresent() && !rest.isEmpty() && isObject(from, object.value().get())) {
      return with(from + object.value().get().from(), rest, value);
    }
    Object whole = value;
    for (String key : rest.reversed()) {
      whole = Map.of(key, whole);
    }
    String before = separator(from, object);
    String written = written(whole, before);
    if (object.value().isPresent()) {
      Span old = object.value().get();
      return replaced(from + old.from(), from + old.to(), written);
    }
    String key = json(path.getFirst());
    String member = before + key + ": " + written;
    int at = from + object.end();
    return replaced(at, at, object.isEmpty() ? member : "," + member);
  }

  private boolean isObject(int from, Span span) {
    return text.charAt(from + span.from()) == '{';
  }

  private ConnectionText replaced(int from, int to, String by) {
    return new ConnectionText(text.substring(0, from) + by + text.substring(to));
  }

  /** What stands before each key: a line break and its indent, or a space. */
  private String separator(int from, ObjectSpan object) {
    int last = from + object.lastKey();
    int start = last;
    while (start > 0 && Character.isWhitespace(text.charAt(start - 1))) {
      start--;
    }
    String space = text.substring(start, last);
    Matcher line = LINE.matcher(space);
    return line.find() ? line.group() : " ";
  }

  /** A line for each member, where the file has lines. */
  private static String written(Object value, String separator) {
    if (!(value instanceof Map<?, ?> members) || !LINE.matcher(separator).matches()) {
      return json(value);
    }
    return members.entrySet().stream()
        .map(member -> separator + INDENT + json(member.getKey()) + ": " + json(member.getValue()))
        .collect(Collectors.joining(",", "{", separator + "}"));
  }

  private static String json(Object value) {
    return JsonMapper.shared().writeValueAsString(value);
  }

  /**
   * Puts the text in place of the file's, at once and with the file's permissions.
   *
   * @throws ConfigException if the file cannot be written; it is then as it was
   */
  public void writeTo(Path file) {
    try {
      Path real = file.toRealPath();
      Path folder = Optional.ofNullable(real.getParent()).orElse(real);
      Path fresh = Files.createTempFile(folder, ".birdie", ".json"); // for its owner alone
      try {
        Files.writeString(fresh, text);
        if (Files.getFileAttributeView(real, PosixFileAttributeView.class) != null) {
          Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(real));
        }
        Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new ConfigException(
          file + " cannot be written: " + e.getClass().getSimpleName() + ".",
          "Look at the folder's permissions, or paste the block into the file.");
    }
  }

  /** Prints nothing of the file, in which secrets may stand. */
  @Override
  public String toString() {
    return "ConnectionText";
  }

  /** From the first character to the one after the last. */
  private record Span(int from, int to) {}

  /**
   * Where things stand in an object that a text begins with.
   *
   * @param lastKey where the last key begins; where the object begins if it has none
   * @param end after its last value; after its brace if it has none
   * @param value of the key that is looked for
   */
  private record ObjectSpan(int lastKey, int end, Optional<Span> value) {

    boolean isEmpty() {
      return value.isEmpty() && lastKey == end;
    }

    static ObjectSpan of(String text, String key) {
      try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
        parser.nextToken();
        int end = offset(parser.currentLocation().getCharOffset());
        int lastKey = end;
        Optional<Span> value = Optional.empty();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
          lastKey = offset(parser.currentTokenLocation().getCharOffset());
          Span span = value(parser);
          end = span.to();
          value = name.equals(key) ? Optional.of(span) : value;
        }
        return new ObjectSpan(lastKey, end, value);
      }
    }

    private static Span value(JsonParser parser) {
      JsonToken token = parser.nextToken();
      int from = offset(parser.currentTokenLocation().getCharOffset());
      if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
        parser.skipChildren();
      } else {
        parser.finishToken();
      }
      return new Span(from, offset(parser.currentLocation().getCharOffset()));
    }

    private static int offset(long offset) {
      return Math.toIntExact(offset);
    }
  }
}
