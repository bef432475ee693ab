package ai.birdie.workspace.catalog;

import ai.birdie.workspace.access.Grants;
import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the workspace knows of its tables, views, and grants, kept in a folder, and who runs which
 * Spark session.
 *
 * <p>Thread-safe. A change is on disk when the method that made it returns; a process that dies in
 * between leaves the state before or after the change.
 */
public final class Metastore {
  /** The catalogs of every workspace. */
  public static final List<String> CATALOGS = List.of("main", Grants.LEGACY_CATALOG);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path tables;
  private final Names names;
  private final Grants grants;
  private final Map<String, Principal> sessions = new ConcurrentHashMap<>();

  private Metastore(Path tables, Names names, Grants grants) {
    this.tables = tables;
    this.names = names;
    this.grants = grants;
  }

  /** Opens what the folder holds, or begins with empty catalogs. */
  public static Metastore open(Path folder) {
    Path namesFile = folder.resolve("names.json");
    Path grantsFile = folder.resolve("grants.json");
    SortedMap<String, SortedMap<String, Names.Schema>> catalogs =
        read(namesFile, new TypeReference<SortedMap<String, SortedMap<String, Names.Schema>>>() {})
            .orElseGet(Metastore::emptyCatalogs);
    Set<Grants.Grant> granted =
        read(grantsFile, new TypeReference<Set<Grants.Grant>>() {}).orElseGet(HashSet::new);
    return new Metastore(
        folder.resolve("tables"),
        new Names(catalogs, all -> write(namesFile, all)),
        new Grants(granted, all -> write(grantsFile, all)));
  }

  /** The names of catalogs, schemas, tables, and views. */
  public Names names() {
    return names;
  }

  /** What has been granted. */
  public Grants grants() {
    return grants;
  }

  /** Whether there is a schema of that name. */
  public boolean hasSchema(String catalog, String schema) {
    return names.schemaProperties(catalog, schema).isPresent();
  }

  /** Whose statements a Spark session runs. */
  public void bind(String sessionId, Principal principal) {
    sessions.put(sessionId, principal);
  }

  /** Forgets a session. */
  public void unbind(String sessionId) {
    sessions.remove(sessionId);
  }

  /**
   * Refuses a name that stands for nothing.
   *
   * @throws SqlRefusal saying what was not found
   */
  public void requireExists(Securable securable) {
    List<String> path = securable.path();
    boolean exists =
        switch (securable.kind()) {
          case CATALOG -> names.hasCatalog(path.get(0));
          case SCHEMA -> names.schemaProperties(path.get(0), path.get(1)).isPresent();
          case TABLE, VIEW -> names.relation(path.get(0), path.get(1), path.get(2)).isPresent();
        };
    if (!exists) {
      throw SqlRefusal.notFound(securable);
    }
  }

  /** Empty for a session that nobody bound: it may read nothing. */
  Optional<Principal> principalOf(String sessionId) {
    return Optional.ofNullable(sessions.get(sessionId));
  }

  /** The folder for a new table. */
  Path newTable(String id) {
    return tables.resolve(id);
  }

  boolean owns(Path location) {
    return location.startsWith(tables);
  }

  private static SortedMap<String, SortedMap<String, Names.Schema>> emptyCatalogs() {
    SortedMap<String, SortedMap<String, Names.Schema>> catalogs = new TreeMap<>();
    for (String catalog : CATALOGS) {
      SortedMap<String, Names.Schema> schemas = new TreeMap<>();
      schemas.put("default", Names.Schema.empty(Map.of()));
      catalogs.put(catalog, schemas);
    }
    return catalogs;
  }

  private static <T> Optional<T> read(Path file, TypeReference<T> type) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), type));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the workspace's state in " + file, e);
    }
  }

  private static void write(Path file, Object value) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      JSON.writeValue(next.toFile(), value);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the workspace's state in " + file, e);
    }
  }
}
