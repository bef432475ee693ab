package ai.birdie.workspace.catalog;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.catalog.CatalogStorageFormat;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.CatalogTableType;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A Delta table's folder, in the forms in which Spark and Delta want to hear of it. */
final class SparkTables {
  private SparkTables() {}

  /** The table at a path, as Delta names it. */
  static Identifier byPath(String path) {
    return Identifier.of(new String[] {"delta"}, path);
  }

  static String localPath(String location) {
    return location.startsWith("file:") ? Path.of(URI.create(location)).toString() : location;
  }

  static String[] qualify(String catalog, String[] namespace) {
    return Stream.concat(Stream.of(catalog), Stream.of(namespace)).toArray(String[]::new);
  }

  /** What Delta needs to open a table under its name: all else it reads from its own log. */
  static CatalogTable describe(String catalog, Identifier ident, Path location) {
    CatalogStorageFormat storage =
        new CatalogStorageFormat(
            Option.apply(URI.create("file://" + location)),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            false,
            noProperties(),
            Option.empty());
    return new CatalogTable(
        new TableIdentifier(
            ident.name(), Option.apply(ident.namespace()[0]), Option.apply(catalog)),
        CatalogTableType.MANAGED(),
        storage,
        new StructType(),
        Option.apply("delta"),
        none(),
        Option.empty(),
        "",
        0L,
        -1L,
        "",
        noProperties(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        none(),
        false,
        false,
        noProperties(),
        Option.empty(),
        Option.empty());
  }

  /** Throws Spark's checked exceptions where Delta's Scala, which declares none, does so too. */
  static RuntimeException unchecked(Exception checked) {
    return SparkTables.<RuntimeException>thrown(checked);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the way to throw it undeclared
  private static <E extends Exception> E thrown(Exception checked) throws E {
    throw (E) checked;
  }

  private static scala.collection.immutable.Map<String, String> noProperties() {
    return Map$.MODULE$.empty();
  }

  private static Seq<String> none() {
    return CollectionConverters.asScala(List.<String>of()).toSeq();
  }
}
