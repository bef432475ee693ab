package ai.birdie.workspace.sample;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Makes tables of a folder's CSV and Parquet files, each named as its file. */
public final class FileTables {
  private static final String TIMESTAMP =
      "^\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?([Zz]|[+-]\\d{2}:\\d{2})$";
  private static final String INTEGER = "^[+-]?(0|[1-9]\\d{0,17})$";
  private static final String NUMBER = "^[+-]?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?$";

  private final SparkSession spark;
  private final String schema;

  public FileTables(SparkSession spark, String catalog, String schema) {
    this.spark = spark;
    this.schema = catalog + "." + schema;
  }

  /** Makes one table of each file; other files are left alone. */
  public void load(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> suffix(file).matches("csv|parquet")).sorted().toList();
    }
    for (Path file : files) {
      try {
        create(name(file), suffix(file).equals("csv") ? csv(file) : parquet(file));
      } catch (IOException e) {
        throw e;
      } catch (Exception e) { // what Spark throws is not declared
        String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        throw new IOException(file + " cannot be read as a table: " + why, e);
      }
    }
  }

  private Dataset<Row> parquet(Path file) throws IOException {
    return spark.read().parquet(location(file));
  }

  /** Spark takes a path for a pattern. */
  private static String location(Path file) throws IOException {
    String path = new org.apache.hadoop.fs.Path(file.toUri()).toString();
    if (path.chars().anyMatch(c -> "*?[]{}\\".indexOf(c) >= 0)) {
      throw new IOException(file + " must be named without any of * ? [ ] { } and \\");
    }
    return path;
  }

  private void create(String name, Dataset<Row> rows) throws IOException {
    DataFrameWriterV2<Row> writer = rows.writeTo(schema + ".`" + name + "`");
    // Without this, Delta takes no spaces and no commas in names.
    boolean plain = Stream.of(rows.columns()).allMatch(column -> column.matches("\\w+"));
    if (!plain) {
      writer.tableProperty("delta.columnMapping.mode", "name");
    }
    try {
      writer.using("delta").create();
    } catch (TableAlreadyExistsException e) {
      throw new IOException("Two files are named " + name, e);
    }
  }

  private Dataset<Row> csv(Path file) throws IOException {
    if (Files.size(file) == 0) {
      throw new IOException(file + " is empty: it has no line of column names");
    }
    // RFC 4180: line breaks within quotes, and a quote doubled; Spark's defaults know neither.
    Dataset<Row> texts =
        spark
            .read()
            .option("header", "true")
            .option("inferSchema", "false")
            .option("multiLine", "true")
            .option("lineSep", lineEnd(file))
            .option("quote", "\"")
            .option("escape", "\"")
            .option("mode", "FAILFAST")
            .csv(location(file));
    String[] names = texts.columns();
    List<Column> emptyAsNull = new ArrayList<>();
    for (String name : names) {
      Column column = texts.col(quoted(name));
      emptyAsNull.add(functions.when(column.notEqual(""), column).as(name));
    }
    Dataset<Row> cells = texts.select(emptyAsNull.toArray(new Column[0]));
    DataType[] types = types(cells);
    List<Column> typed = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      typed.add(cells.col(quoted(names[i])).cast(types[i]).as(names[i]));
    }
    return cells.select(typed.toArray(new Column[0]));
  }

  /**
   * How the header's line ends. Where Spark is left to guess, it changes line ends within quotes.
   */
  private static String lineEnd(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      int before = 0;
      int next = in.read();
      while (next >= 0 && next != '\n') {
        before = next;
        next = in.read();
      }
      return before == '\r' ? "\r\n" : "\n";
    }
  }

  /** What all cells of a column can be read as, in one pass over the file. */
  private static DataType[] types(Dataset<Row> cells) {
    String[] names = cells.columns();
    List<Column> counts = new ArrayList<>();
    for (String name : names) {
      Column column = cells.col(quoted(name));
      counts.add(functions.count(column));
      for (String pattern : List.of(TIMESTAMP, INTEGER, NUMBER)) {
        counts.add(functions.count_if(column.rlike(pattern)));
      }
    }
    Row counted = cells.select(counts.toArray(new Column[0])).head();
    DataType[] types = new DataType[names.length];
    for (int i = 0; i < names.length; i++) {
      long filled = counted.getLong(4 * i);
      boolean measure = !names[i].toLowerCase(Locale.ROOT).endsWith("id");
      if (filled == 0) {
        types[i] = DataTypes.StringType;
      } else if (counted.getLong(4 * i + 1) == filled) {
        types[i] = DataTypes.TimestampType;
      } else if (measure && counted.getLong(4 * i + 2) == filled) {
        types[i] = DataTypes.LongType;
      } else if (measure && counted.getLong(4 * i + 3) == filled) {
        types[i] = DataTypes.DoubleType;
      } else {
        types[i] = DataTypes.StringType;
      }
    }
    return types;
  }

  private static String name(Path file) {
    String full = file.getFileName().toString();
    return full.substring(0, full.lastIndexOf('.')).toLowerCase(Locale.ROOT).replace("`", "``");
  }

  private static String suffix(Path file) {
    String full = file.getFileName().toString();
    return full.substring(full.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
