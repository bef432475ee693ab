package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Grants;
import ai.birdie.workspace.access.Privilege;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.catalog.Metastore;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * SHOW GRANTS: what was granted on a securable, and on what it is in.
 *
 * @param principal whose grants; everybody's where it is empty
 * @param securable on what
 */
record ShowGrants(Optional<String> principal, SecurableName securable) implements OwnStatement {
  private static final StructType COLUMNS =
      new StructType()
          .add("Principal", DataTypes.StringType)
          .add("ActionType", DataTypes.StringType)
          .add("ObjectType", DataTypes.StringType)
          .add("ObjectKey", DataTypes.StringType);

  /** The statement, where the text is one of these. */
  static Optional<ShowGrants> parse(String text) {
    Tokens tokens = Tokens.of(text);
    if (!tokens.take("SHOW", "GRANTS") && !tokens.take("SHOW", "GRANT")) {
      return Optional.empty();
    }
    Optional<String> principal = Optional.empty();
    if (!tokens.take("ON")) {
      principal = Optional.of(tokens.identifier());
      tokens.expect("ON");
    }
    SecurableName securable = SecurableName.take(tokens);
    tokens.end();
    return Optional.of(new ShowGrants(principal, securable));
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    Metastore metastore = session.metastore();
    Securable on = securable.in(session);
    principal
        .filter(name -> !metastore.principals().isGrantee(name, on))
        .ifPresent(name -> {
          throw SqlRefusal.principalDoesNotExist(name);
        });
    boolean ofItself =
        principal
            .filter(metastore.principals().identities(session.principal())::contains)
            .isPresent();
    if (!ofItself) {
      metastore.access().requireManage(session.principal(), on);
    }
    return session.spark().createDataFrame(rows(metastore, on), COLUMNS);
  }

  private List<Row> rows(Metastore metastore, Securable on) {
    List<Securable> levels = new ArrayList<>(on.parents().reversed());
    levels.add(on);
    List<Row> rows = new ArrayList<>();
    for (Securable level : levels) {
      for (String grantee : grantees(metastore.grants(), level)) {
        metastore.grants().of(grantee, level).stream()
            .sorted()
            .map(Privilege::sql)
            .forEach(right -> rows.add(row(grantee, right, level)));
      }
      if (level.isLegacy()) {
        metastore
            .owners()
            .of(level)
            .filter(owned -> principal.isEmpty() || principal.get().equals(owned.owner()))
            .ifPresent(owned -> rows.add(row(owned.owner(), "OWN", level)));
      }
    }
    return rows;
  }

  private List<String> grantees(Grants grants, Securable level) {
    return grants.granteesOn(level).stream()
        .filter(name -> principal.isEmpty() || principal.get().equals(name))
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private static Row row(String grantee, String right, Securable level) {
    return RowFactory.create(
        grantee, right, type(level), level.path().isEmpty() ? null : level.fullName());
  }

  /** The Hive metastore has words of its own. */
  private static String type(Securable level) {
    return switch (level.kind()) {
      case CATALOG -> level.isLegacy() ? "CATALOG$" : "CATALOG";
      case SCHEMA -> level.isLegacy() ? "DATABASE" : "SCHEMA";
      default -> level.kind().name();
    };
  }
}
