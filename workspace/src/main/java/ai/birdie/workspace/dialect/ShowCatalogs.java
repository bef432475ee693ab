package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.catalog.Metastore;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.util.StringUtils;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * SHOW CATALOGS: those that the principal may see. Spark would only know those that were used.
 *
 * @param pattern what names are like, with {@code *} and {@code |}
 */
record ShowCatalogs(Optional<String> pattern) implements OwnStatement {
  private static final StructType COLUMNS =
      new StructType().add("catalog", DataTypes.StringType, false);

  /** The statement, where the text is one of these. */
  static Optional<ShowCatalogs> parse(String text) {
    Tokens tokens = Tokens.of(text);
    if (!tokens.take("SHOW", "CATALOGS")) {
      return Optional.empty();
    }
    Optional<String> pattern =
        tokens.take("LIKE") ? Optional.of(tokens.string()) : tokens.takeString();
    tokens.end();
    return Optional.of(new ShowCatalogs(pattern));
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    Metastore metastore = session.metastore();
    List<String> seen =
        metastore.names().catalogs().stream()
            .filter(name -> isSeen(session, Securable.catalog(name)))
            .toList();
    List<String> shown =
        CollectionConverters.asJava(
            StringUtils.filterPattern(
                CollectionConverters.asScala(seen).toSeq(), pattern.orElse("*")));
    return session
        .spark()
        .createDataFrame(shown.stream().map(RowFactory::create).toList(), COLUMNS);
  }

  private static boolean isSeen(PrincipalSession session, Securable catalog) {
    return catalog.isLegacy() || session.metastore().access().sees(session.principal(), catalog);
  }
}
