package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.AccessControl;
import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.catalog.Metastore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Unity Catalog's catalogs, schemas, and tables, as far as the caller may see them. */
final class UnityCatalogApi {
  private final Metastore metastore;
  private final AccessControl access;
  private final UnityCatalogResponses responses;

  UnityCatalogApi(Metastore metastore, UnityCatalogResponses responses) {
    this.metastore = metastore;
    this.access = metastore.access();
    this.responses = responses;
  }

  /**
   * Answers a call.
   *
   * @param collection catalogs, schemas, or tables
   * @param name nothing for a list, or one part
   */
  void answer(Call call, String collection, List<String> name, Principal principal)
      throws IOException {
    if (!call.method().equals("GET") || name.size() > 1) {
      throw Server.noSuchPath(call);
    }
    Optional<String> one = name.stream().findFirst();
    switch (collection) {
      case "catalogs" -> catalogs(call, one, principal);
      case "schemas" -> schemas(call, one, principal);
      case "tables" -> tables(call, one, principal);
      default -> throw Server.noSuchPath(call);
    }
  }

  private void catalogs(Call call, Optional<String> one, Principal principal) throws IOException {
    if (one.isPresent()) {
      Securable catalog = named(Securable.Kind.CATALOG, one.get());
      requireVisible(principal, catalog);
      call.answer(200, responses.catalog(catalog));
      return;
    }
    Stream<Securable> all =
        metastore.names().catalogs().stream()
            .map(Securable::catalog)
            .filter(catalog -> !catalog.isLegacy());
    list(call, "catalogs", all, responses::catalog, principal);
  }

  private void schemas(Call call, Optional<String> one, Principal principal) throws IOException {
    if (one.isPresent()) {
      Securable schema = named(Securable.Kind.SCHEMA, one.get());
      requireVisible(principal, schema);
      call.answer(200, responses.schema(schema));
      return;
    }
    Securable catalog = named(Securable.Kind.CATALOG, required(call, "catalog_name"));
    requireVisible(principal, catalog);
    String in = catalog.fullName();
    Stream<Securable> all =
        metastore.names().schemas(in).stream().map(name -> Securable.schema(in, name));
    list(call, "schemas", all, responses::schema, principal);
  }

  private void tables(Call call, Optional<String> one, Principal principal) throws IOException {
    if (one.isPresent()) {
      Securable table = named(Securable.Kind.TABLE, one.get());
      requireVisible(principal, table);
      call.answer(200, responses.table(table));
      return;
    }
    String catalog = required(call, "catalog_name");
    Securable schema = named(Securable.Kind.SCHEMA, catalog + "." + required(call, "schema_name"));
    requireVisible(principal, schema);
    String in = schema.path().get(0);
    String below = schema.path().get(1);
    Stream<Securable> all =
        metastore.names().relations(in, below).keySet().stream()
            .map(name -> Securable.table(in, below, name));
    list(call, "tables", all, responses::table, principal);
  }

  private void list(
      Call call,
      String key,
      Stream<Securable> all,
      Function<Securable, ?> shown,
      Principal principal)
      throws IOException {
    List<Securable> seen = all.filter(one -> access.sees(principal, one)).toList();
    call.answer(200, Page.of(call).answer(key, seen, shown));
  }

  /** The securable of that full name; the Hive metastore is none of Unity Catalog's. */
  static Securable named(Securable.Kind kind, String fullName) {
    if (kind == Securable.Kind.METASTORE) {
      return Securable.metastore();
    }
    List<String> parts = List.of(fullName.split("\\.", -1));
    if (parts.size() != kind.parts() || parts.contains("")) {
      throw ApiError.badRequest(fullName + " is not a valid name of a " + kind + ".");
    }
    Securable securable = new Securable(kind, parts);
    if (securable.isLegacy()) {
      throw ApiError.doesNotExist(Securable.catalog(parts.getFirst()));
    }
    return securable;
  }

  /** Says what is not there, or may not be seen, beginning with the catalog. */
  static void requireVisible(Metastore metastore, Principal principal, Securable securable) {
    for (Securable parent : securable.parents().reversed()) {
      requireExists(metastore, parent);
      require(metastore.access().missingToSee(principal, parent));
    }
    requireExists(metastore, securable);
    require(metastore.access().missingToSee(principal, metastore.asItIs(securable)));
  }

  /** Refuses a call where a right is missing. */
  static void require(Optional<String> missing) {
    if (missing.isPresent()) {
      throw ApiError.permissionDenied(missing.get());
    }
  }

  private void requireVisible(Principal principal, Securable securable) {
    requireVisible(metastore, principal, securable);
  }

  private static void requireExists(Metastore metastore, Securable securable) {
    if (!metastore.exists(securable)) {
      throw ApiError.doesNotExist(securable);
    }
  }

  private static String required(Call call, String parameter) {
    String value = call.query().getOrDefault(parameter, "");
    if (value.isEmpty()) {
      throw ApiError.badRequest(parameter + " is required.");
    }
    return value;
  }
}
