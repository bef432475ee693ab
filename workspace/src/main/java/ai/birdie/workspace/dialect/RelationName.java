package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.util.QuotingUtils;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Relation;
import org.apache.spark.sql.connector.catalog.RelationCatalog;

/** The whole name of a table, a view, or a function. */
record RelationName(String catalog, String schema, String name) {
  /**
   * The name of these parts; what they leave out comes from the session's setting.
   *
   * @throws SqlRefusal where there are too many
   */
  static RelationName of(List<String> parts, PrincipalSession session) {
    List<String> full = new ArrayList<>(parts);
    if (full.size() == 1) {
      full.addFirst(session.currentSchema());
    }
    if (full.size() == 2) {
      full.addFirst(session.currentCatalog());
    }
    if (full.size() != 3) {
      throw SqlRefusal.invalidParameter("Not a name of three parts: " + parts + ".");
    }
    return new RelationName(full.get(0), full.get(1), full.get(2));
  }

  /** What it stands for, where the session's principal may read it. */
  Relation load(PrincipalSession session) {
    // Spark looks catalogs up in the session that is active.
    return session.spark().withActive(() -> loadFrom(session));
  }

  private Relation loadFrom(PrincipalSession session) {
    try {
      RelationCatalog owner =
          (RelationCatalog) session.spark().sessionState().catalogManager().catalog(catalog);
      return owner.loadRelation(Identifier.of(new String[] {schema}, name));
    } catch (NoSuchTableException e) {
      throw SqlRefusal.notFound(
          new Securable(Securable.Kind.TABLE, List.of(catalog, schema, name)));
    }
  }

  /** With back-ticks where they are needed. */
  String quotedIfNeeded() {
    return Stream.of(catalog, schema, name)
        .map(QuotingUtils::quoteIfNeeded)
        .collect(Collectors.joining("."));
  }

  /** With back-ticks around each part. */
  String quoted() {
    return Stream.of(catalog, schema, name)
        .map(QuotingUtils::quoteIdentifier)
        .collect(Collectors.joining("."));
  }
}
