package ai.birdie.workspace.catalog;

import ai.birdie.workspace.access.Credentials;
import ai.birdie.workspace.access.Grants;
import ai.birdie.workspace.access.Owners;
import ai.birdie.workspace.access.Principals;
import ai.birdie.workspace.access.Privilege;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.WarehousePermissions;
import ai.birdie.workspace.storage.JsonFile;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.util.QuotingUtils;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The files in which a metastore is kept. Each is replaced whole, for nobody else to read.
 *
 * <p>Not thread-safe: each file is written by one who takes turns.
 */
final class StateFiles {
  /** Records are kept by what they are made of, not by what they answer. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(MapperFeature.AUTO_DETECT_IS_GETTERS).build();

  /** A grant of states that knew no owners: {@code grants.json}. */
  private record EarlierGrant(String principal, Privilege privilege, String securable) {
    Grants.Grant now(Credentials credentials) {
      List<String> path = List.of(securable.split("\\.", -1));
      Securable.Kind kind =
          switch (path.size()) {
            case 1 -> Securable.Kind.CATALOG;
            case 2 -> Securable.Kind.SCHEMA;
            default -> Securable.Kind.TABLE;
          };
      String name =
          principal.equals(Principals.SERVICE_PRINCIPAL) ? credentials.clientId() : principal;
      return new Grants.Grant(name, privilege, new Securable(kind, path));
    }
  }

  /** A function as it is kept; earlier states have no schema. */
  private record KeptRoutine(
      String parameters, String returns, String body, @Nullable List<String> schema) {
    static KeptRoutine of(Routines.Routine routine) {
      return new KeptRoutine(
          routine.parameters(), routine.returns(), routine.body(), routine.schema().path());
    }

    Routines.Routine of(Securable function) {
      Securable lookedUpIn =
          schema == null
              ? function.parents().getFirst()
              : new Securable(Securable.Kind.SCHEMA, schema);
      return new Routines.Routine(parameters, returns, body, lookedUpIn);
    }
  }

  private final Path folder;

  StateFiles(Path folder) {
    this.folder = folder;
  }

  Optional<SortedMap<String, SortedMap<String, Names.Schema>>> names() {
    return read("names.json", new TypeReference<>() {});
  }

  void writeNames(SortedMap<String, SortedMap<String, Names.Schema>> names) {
    write("names.json", names);
  }

  Optional<Principals.Kept> principals() {
    return read("principals.json", new TypeReference<>() {});
  }

  void writePrincipals(Principals.Kept principals) {
    write("principals.json", principals);
  }

  Optional<Map<String, WarehousePermissions.Level>> warehouse() {
    return read("warehouse.json", new TypeReference<>() {});
  }

  void writeWarehouse(Map<String, WarehousePermissions.Level> levels) {
    write("warehouse.json", levels);
  }

  List<Owners.Owned> owners() {
    return read("owners.json", new TypeReference<List<Owners.Owned>>() {}).orElse(List.of());
  }

  void writeOwners(List<Owners.Owned> owners) {
    write("owners.json", owners);
  }

  Map<Securable, Routines.Routine> routines() {
    Map<Securable, Routines.Routine> routines = new HashMap<>();
    read("routines.json", new TypeReference<Map<String, KeptRoutine>>() {})
        .orElse(Map.of())
        .forEach((name, kept) -> {
          Securable function = named(Securable.Kind.FUNCTION, name);
          routines.put(function, kept.of(function));
        });
    return routines;
  }

  void writeRoutines(Map<Securable, Routines.Routine> routines) {
    SortedMap<String, KeptRoutine> kept = new TreeMap<>();
    routines.forEach((function, routine) -> kept.put(quoted(function), KeptRoutine.of(routine)));
    write("routines.json", kept);
  }

  Map<Securable, TablePolicies.Policy> policies() {
    Map<Securable, TablePolicies.Policy> policies = new HashMap<>();
    read("policies.json", new TypeReference<Map<String, TablePolicies.Policy>>() {})
        .orElse(Map.of())
        .forEach((name, policy) -> policies.put(named(Securable.Kind.TABLE, name), policy));
    return policies;
  }

  void writePolicies(Map<Securable, TablePolicies.Policy> policies) {
    SortedMap<String, TablePolicies.Policy> kept = new TreeMap<>();
    policies.forEach((table, policy) -> kept.put(quoted(table), policy));
    write("policies.json", kept);
  }

  private static String quoted(Securable securable) {
    return securable.path().stream()
        .map(QuotingUtils::quoteIfNeeded)
        .collect(Collectors.joining("."));
  }

  /** Also a name of an earlier state, which has no back-ticks whatever is in it. */
  private static Securable named(Securable.Kind kind, String quoted) {
    if (!quoted.contains("`")) {
      return new Securable(kind, List.of(quoted.split("\\.", -1)));
    }
    try {
      return new Securable(
          kind,
          CollectionConverters.asJava(CatalystSqlParser$.MODULE$.parseMultipartIdentifier(quoted)));
    } catch (Exception e) { // Scala throws undeclared checked ones
      throw SparkTables.unchecked(e);
    }
  }

  /** Also those of a state from before owners were kept. */
  Optional<List<Grants.Grant>> grants(Credentials credentials) {
    return read("privileges.json", new TypeReference<List<Grants.Grant>>() {})
        .or(() -> earlierGrants(credentials));
  }

  void writeGrants(List<Grants.Grant> grants) {
    write("privileges.json", grants);
  }

  private Optional<List<Grants.Grant>> earlierGrants(Credentials credentials) {
    return read("grants.json", new TypeReference<List<EarlierGrant>>() {})
        .map(earlier -> {
          List<Grants.Grant> grants = new ArrayList<>(Metastore.firstGrants());
          earlier.forEach(grant -> grants.add(grant.now(credentials)));
          return grants;
        });
  }

  private <T> Optional<T> read(String name, TypeReference<T> type) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), type));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read the workspace's state in "
              + file
              + ": repair the file, or begin with another folder",
          e);
    }
  }

  private void write(String name, Object value) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(folder);
      JsonFile.write(file, value, JSON);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the workspace's state in " + file, e);
    }
  }
}
