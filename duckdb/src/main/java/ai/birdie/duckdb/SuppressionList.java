package ai.birdie.duckdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import ai.birdie.core.error.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * The people who were erased and are kept out, known by keyed hashes of their ids alone. It lies in
 * a file of its own beside the store, so that it outlives whatever store is restored there.
 */
final class SuppressionList {

  static final String FILE = "suppressed";

  private static final String LINE = "[0-9a-f]{64} [0-9a-f]{64}";
  private static final int KEY_BYTES = 32;

  private final SortedSet<Person> people;

  /**
   * Somebody who was erased.
   *
   * @param hash of the key and the person's id; both in hexadecimal
   */
  record Person(String key, String hash) implements Comparable<Person> {

    @Override
    public int compareTo(Person other) {
      return line().compareTo(other.line());
    }

    String line() {
      return key + " " + hash;
    }
  }

  private SuppressionList(SortedSet<Person> people) {
    this.people = people;
  }

  /** A list of nobody. */
  static SuppressionList nobody() {
    return new SuppressionList(new TreeSet<>());
  }

  /** The list of the store in {@code home}; empty where nobody was erased. */
  static SuppressionList of(Path home) {
    return read(home.resolve(FILE));
  }

  /** The list that was copied beside a backup; empty where there was none. */
  static SuppressionList ofBackup(Path backup) {
    return read(besideBackup(backup));
  }

  /** Where the list of a store's file lies, if anybody is on it. */
  static Optional<Path> beside(Path store) {
    return Optional.of(store.resolveSibling(FILE)).filter(Files::exists);
  }

  private static SuppressionList read(Path file) {
    SortedSet<Person> people = new TreeSet<>();
    if (!Files.exists(file)) {
      return new SuppressionList(people);
    }
    try {
      for (String line : Files.readAllLines(file, US_ASCII)) {
        if (!line.matches(LINE)) {
          throw new IOException("it holds a line that is none of such a list");
        }
        people.add(new Person(line.substring(0, 64), line.substring(65)));
      }
      return new SuppressionList(people);
    } catch (IOException e) {
      throw new StoreException(
          "The list of erased people, " + file + ", cannot be read: " + StoreFiles.reason(e),
          "Put it back as it was, from a copy of the folder or from beside a backup. Without it erased people would come back, so nothing is landed.",
          e);
    }
  }

  boolean isEmpty() {
    return people.isEmpty();
  }

  /** Whether it has a person, who is known by that hash. */
  boolean has(String hash) {
    return people.stream().anyMatch(person -> person.hash().equals(hash));
  }

  /** A list of one person. */
  static SuppressionList only(Person person) {
    return new SuppressionList(new TreeSet<>(List.of(person)));
  }

  /** The hashes of all people. */
  List<String> hashes() {
    return people.stream().map(Person::hash).toList();
  }

  /** All people of both. */
  SuppressionList and(SuppressionList other) {
    SortedSet<Person> all = new TreeSet<>(people);
    all.addAll(other.people);
    return new SuppressionList(all);
  }

  /**
   * A person as this list knows people.
   *
   * @param random makes the key of a list that has none
   */
  Person person(String id, RandomGenerator random) {
    String key = people.isEmpty() ? newKey(random) : people.first().key();
    return new Person(key, hash(key, id));
  }

  private static String newKey(RandomGenerator random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return HexFormat.of().formatHex(key);
  }

  private static String hash(String key, String id) {
    return sha256(key + sha256(key + id));
  }

  private static String sha256(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** The condition, never NULL, that a text is the id of somebody on the list. */
  String holds(String text) {
    return isEmpty() ? "false" : "(" + hashOf(text) + ") IS NOT NULL";
  }

  /** The hash of the person whose id a text is; NULL for nobody on the list. */
  String hashOf(String text) {
    Map<String, List<Person>> byKey =
        people.stream().collect(groupingBy(Person::key, TreeMap::new, toList()));
    return byKey.entrySet().stream()
        .map(entry ->
            "WHEN %1$s IN (%2$s) THEN %1$s"
                .formatted(hashSql(entry.getKey(), text), hashes(entry.getValue())))
        .collect(joining(" ", "CASE ", " END"));
  }

  private static String hashSql(String key, String text) {
    return "sha256(%1$s || sha256(%1$s || %2$s))".formatted(Sql.text(key), text);
  }

  private static String hashes(List<Person> people) {
    return people.stream().map(person -> Sql.text(person.hash())).collect(joining(", "));
  }

  /** Puts it where the store in {@code home} finds it, durably, unless it is empty. */
  void keep(Path home) throws IOException {
    write(home.resolve(FILE));
  }

  /** Puts a copy beside a backup, unless it is empty. */
  void keepBeside(Path backup) throws IOException {
    write(besideBackup(backup));
  }

  private static Path besideBackup(Path backup) {
    return backup.resolveSibling(backup.getFileName() + "." + FILE);
  }

  private void write(Path file) throws IOException {
    if (isEmpty()) {
      return;
    }
    Path partial = StoreFiles.partial(file);
    String lines = people.stream().map(person -> person.line() + "\n").collect(joining());
    StoreFiles.write(partial, lines.getBytes(US_ASCII));
    StoreFiles.rename(partial, file);
  }
}
