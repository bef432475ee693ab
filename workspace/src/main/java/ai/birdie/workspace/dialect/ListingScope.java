package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.AccessControl;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.catalog.Metastore;
import ai.birdie.workspace.catalog.Relation;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a SHOW statement looks: one catalog, or all of them.
 *
 * @param catalog the catalog; empty for all
 */
record ListingScope(Optional<String> catalog) {
  /** A schema that lists show. */
  record Schema(String catalog, String name) {}

  /** A table or view that lists show. */
  record Table(Schema schema, String name, Relation relation) {}

  /** Takes {@code IN CATALOG name} or {@code IN ALL CATALOGS} where it comes next. */
  static Optional<ListingScope> take(Tokens tokens) {
    if (tokens.take("IN", "ALL", "CATALOGS") || tokens.take("FROM", "ALL", "CATALOGS")) {
      return Optional.of(new ListingScope(Optional.empty()));
    }
    if (tokens.take("IN", "CATALOG") || tokens.take("FROM", "CATALOG")) {
      return Optional.of(new ListingScope(Optional.of(tokens.identifier())));
    }
    return Optional.empty();
  }

  /**
   * The schemas in it that the session's principal may see.
   *
   * @throws ai.birdie.workspace.access.SqlRefusal when there is no such catalog
   */
  Stream<Schema> schemas(PrincipalSession session, ListingPattern pattern) {
    Metastore metastore = session.metastore();
    AccessControl access = metastore.access();
    requireExists(session);
    return catalog.map(List::of).orElseGet(() -> metastore.names().catalogs()).stream()
        .flatMap(in ->
            metastore.names().schemas(in).stream()
                .filter(pattern::matches)
                .filter(name -> access.sees(session.principal(), Securable.schema(in, name)))
                .map(name -> new Schema(in, name)));
  }

  /**
   * The tables and views in it that the session's principal may see.
   *
   * @throws ai.birdie.workspace.access.SqlRefusal when there is no such catalog
   */
  Stream<Table> tables(
      PrincipalSession session, ListingPattern schemaPattern, ListingPattern tablePattern) {
    AccessControl access = session.metastore().access();
    return schemas(session, schemaPattern)
        .flatMap(in ->
            session.metastore().names().relations(in.catalog(), in.name()).entrySet().stream()
                .filter(relation -> tablePattern.matches(relation.getKey()))
                .filter(relation ->
                    access.sees(
                        session.principal(),
                        Securable.table(in.catalog(), in.name(), relation.getKey())))
                .map(relation -> new Table(in, relation.getKey(), relation.getValue())));
  }

  /** Refuses a catalog that there is not. */
  void requireExists(PrincipalSession session) {
    catalog.ifPresent(name -> session.metastore().requireExists(Securable.catalog(name)));
  }
}
