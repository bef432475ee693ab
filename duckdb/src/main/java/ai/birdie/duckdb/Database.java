package ai.birdie.duckdb;

import ai.birdie.core.error.StoreException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.arrow.c.ArrowArrayStream;
import org.duckdb.DuckDBConnection;

/**
 * One connection to the store's file, or to who holds it, in transactions of the caller's. Every
 * failure of the engine becomes a {@link StoreException}. Used by one thread.
 */
final class Database implements AutoCloseable {

  /** What to do about a store that is damaged. */
  static final String RESTORE =
      "Restore a backup: birdie restore FILE --replace. Without one, load everything anew into"
          + " another folder with --home.";

  /** By what the engine says when bytes are not those that it wrote. */
  private static final List<String> DAMAGE =
      List.of(
          "corrupt",
          "could not read enough bytes",
          "not a valid duckdb database file",
          "wal does not match database file",
          "failure while replaying wal");

  /**
   * A failure that leaves the store as it was.
   *
   * @param mark by what of the engine's words it is known
   */
  private record Trouble(String mark, String what, String remedy) {}

  private static final String NO_ROOM =
      "Free some disk space, then run the command again: nothing is half landed.";

  private static final List<Trouble> TROUBLES =
      List.of(
          new Trouble("no space left", "could not be written", NO_ROOM),
          new Trouble("file too large", "could not be written", NO_ROOM),
          new Trouble(
              "could not set lock",
              "is in use by another process",
              "Wait until it has finished, or choose another store with --home."),
          new Trouble(
              "out of memory",
              "needs more memory than it may take",
              "Run the command again while nobody else reads the store: nothing is half landed."),
          new Trouble(
              StoreHolder.SILENT,
              "gave no answer",
              "Run the command again; if it takes as long, ask for less, or wait until the run has ended."));

  private static final Trouble UNKNOWN =
      new Trouble(
          "",
          "failed",
          "Run the command again; if it fails again, the file may be damaged: restore a backup.");

  private static final int MOST_THREADS = 4;

  private final Path file;
  private final DuckDBConnection connection;
  private final Optional<StoreHolder> holder;
  private final List<SnapshotConnection> readers;
  private final Watch watch;
  private Runnable guard = () -> {};

  /** Told of every statement, and of every commit, before it is begun. */
  interface Watch {

    /** Watches nothing. */
    Watch NONE = statement -> {};

    void before(String statement);
  }

  /** Makes of a row what the caller wants; the cursor stays where it is. */
  interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  /** How a file is used, and with how much memory. */
  private enum Use {
    READ("READ_ONLY", "1GB"),
    /** Who writes has batches and their decoding in memory too. */
    WRITE("READ_WRITE", "300MB"),
    /** There is no file. */
    IN_MEMORY("AUTOMATIC", "1GB");

    private final String accessMode;
    private final String memory;

    Use(String accessMode, String memory) {
      this.accessMode = accessMode;
      this.memory = memory;
    }

    /** Where what does not fit into memory goes; nowhere, where no folder is the store's. */
    String spill(Path file) {
      return this == IN_MEMORY ? "" : StoreFiles.spill(file).toString();
    }

    /** For who writes, to keep an order among rows is to copy every row that is appended. */
    boolean keepsOrder() {
      return this != WRITE;
    }
  }

  private Database(
      Path file,
      DuckDBConnection connection,
      Optional<StoreHolder> holder,
      List<SnapshotConnection> readers,
      Watch watch) {
    this.file = file;
    this.connection = connection;
    this.holder = holder;
    this.readers = readers;
    this.watch = watch;
  }

  /** Opens a file, or makes one. As long as nothing is committed, no byte of it changes. */
  static Database openForWriting(Path file) {
    return openForWriting(file, Watch.NONE);
  }

  /** As {@link #openForWriting(Path)}, watched. */
  static Database openForWriting(Path file, Watch watch) {
    return open(file, Use.WRITE, 0, watch, List.of());
  }

  /** As the other, with so many connections more, for who only reads. */
  static Database openForWriting(Path file, int readers, Watch watch) {
    return open(file, Use.WRITE, readers, watch, List.of());
  }

  static Database openForReading(Path file) {
    return open(file, Use.READ, 0, Watch.NONE, List.of());
  }

  /** As {@link #openForWriting(Path)}; another file can be read in it as {@code former}. */
  static Database openBeside(Path file, Path former) {
    String attach = "ATTACH " + Sql.text(former.toString()) + " AS former (READ_ONLY)";
    return open(file, Use.WRITE, 0, Watch.NONE, List.of(attach));
  }

  /** An empty database of its own, which ends with the connection. */
  static Database inMemory() {
    return open(Path.of(":memory:"), Use.IN_MEMORY, 0, Watch.NONE, List.of());
  }

  /** Asks the process that holds {@code file}; {@code holder} is closed with it. */
  static Database answeredBy(StoreHolder holder, Path file) {
    Database own = inMemory();
    return new Database(file, own.connection, Optional.of(holder), List.of(), Watch.NONE);
  }

  private static Database open(
      Path file, Use use, int readers, Watch watch, List<String> whileStillOpen) {
    try {
      var connection =
          (DuckDBConnection)
              DriverManager.getConnection("jdbc:duckdb:" + file, settings(file, use));
      List<SnapshotConnection> reading = new ArrayList<>();
      try {
        for (String statement : whileStillOpen) {
          run(connection, statement);
        }
        run(connection, "SET GLOBAL TimeZone = 'UTC'");
        run(connection, "SET GLOBAL arrow_lossless_conversion = true"); // for what leaves as Arrow
        for (int i = 0; i < readers; i++) {
          reading.add(SnapshotConnection.beside(connection));
        }
        secure(connection);
        return new Database(file, connection, Optional.empty(), List.copyOf(reading), watch);
      } catch (SQLException e) {
        closeAll(connection, reading);
        throw e;
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private static Properties settings(Path file, Use use) {
    Properties settings = new Properties();
    settings.setProperty("access_mode", use.accessMode);
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("memory_limit", use.memory);
    settings.setProperty("threads", Integer.toString(threads()));
    settings.setProperty("preserve_insertion_order", Boolean.toString(use.keepsOrder()));
    settings.setProperty("temp_directory", use.spill(file));
    return settings;
  }

  private static void closeAll(DuckDBConnection connection, List<SnapshotConnection> reading)
      throws SQLException {
    for (SnapshotConnection reader : reading) {
      reader.close();
    }
    connection.close();
  }

  /** Each of them takes memory of its own, whatever the limit says. */
  private static int threads() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }

  /** Bars files, extensions, and changes of settings to every later statement. */
  private static void secure(DuckDBConnection connection) throws SQLException {
    run(connection, "PRAGMA disable_checkpoint_on_shutdown"); // who may write says when
    run(connection, "SET enable_external_access = false");
    run(connection, "SET lock_configuration = true");
    connection.setAutoCommit(false);
  }

  /** Runs a statement that gives no rows, outside of this class's transactions. */
  static void run(DuckDBConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The connections for who only reads; each may be used by a thread of its own. */
  List<SnapshotConnection> readers() {
    return readers;
  }

  /** Runs a statement that gives no rows; the number of rows that it changed. */
  long execute(String sql, Object... parameters) {
    return attempt(() -> {
      try (PreparedStatement statement = prepare(sql, parameters)) {
        boolean rows = statement.execute();
        return rows ? 0 : statement.getLargeUpdateCount();
      }
    });
  }

  /** All rows of a query; only for queries whose answer is known to be small. */
  <T> List<T> rows(RowMapper<T> mapper, String sql, Object... parameters) {
    List<T> rows = new ArrayList<>();
    each(mapper, rows::add, sql, parameters);
    return rows;
  }

  /** Gives each row of a query to {@code taker}, and keeps none. */
  <T> void each(RowMapper<T> mapper, Consumer<T> taker, String sql, Object... parameters) {
    attempt(() -> {
      try (PreparedStatement statement = prepare(sql, parameters);
          ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          taker.accept(mapper.map(result));
        }
        return file;
      }
    });
  }

  /** The first row of a query, if it has one. */
  <T> Optional<T> first(RowMapper<T> mapper, String sql, Object... parameters) {
    return rows(mapper, sql, parameters).stream().findFirst();
  }

  /** The number that a query gives in its one row. */
  long number(String sql, Object... parameters) {
    return first(row -> row.getLong(1), sql, parameters).orElse(0L);
  }

  /** A statement for results that are too large to hold; the caller closes it. */
  PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    watch.before(sql);
    return holder.isPresent()
        ? holder.get().ask(connection, new Question(sql, List.of(parameters)))
        : prepare(connection, sql, parameters);
  }

  static PreparedStatement prepare(DuckDBConnection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      int expected = statement.getParameterMetaData().getParameterCount();
      if (expected != parameters.length) { // the driver takes too few in silence
        throw new SQLException(expected + " parameters expected, " + parameters.length + " given");
      }
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** Makes an Arrow stream readable, once, as a table of that name. */
  void register(String name, ArrowArrayStream stream) {
    attempt(() -> {
      connection.registerArrowStream(name, stream);
      return name;
    });
  }

  /** Runs {@code work} in a transaction of its own. */
  void transaction(Runnable work) {
    try {
      work.run();
      commit();
    } catch (RuntimeException e) {
      rollback();
      throw e;
    }
  }

  /** Asks {@code guard} before each commit from now on: it throws where there may be none. */
  void guard(Runnable guard) {
    this.guard = guard;
  }

  void commit() {
    guard.run();
    watch.before("COMMIT");
    attempt(() -> {
      connection.commit();
      return file;
    });
  }

  /** Writes the log into the file; there is no transaction. */
  void checkpoint() {
    guard.run();
    execute("CHECKPOINT");
    rollback();
  }

  /** Undoes the transaction, if there is one: a commit that failed has ended it already. */
  void rollback() {
    attempt(() -> {
      try {
        connection.rollback();
      } catch (SQLException e) {
        if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
          throw e;
        }
      }
      return file;
    });
  }

  @Override
  public void close() {
    attempt(() -> {
      closeAll(connection, readers);
      holder.ifPresent(StoreHolder::close);
      return file;
    });
  }

  private <T> T attempt(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /** What the engine says, in words that tell what to do. */
  static StoreException failure(Path file, SQLException e) {
    String said = said(e);
    String lower = said.toLowerCase(Locale.ROOT);
    if (DAMAGE.stream().anyMatch(lower::contains)) {
      return damaged(file, said, e);
    }
    Trouble trouble =
        TROUBLES.stream().filter(known -> lower.contains(known.mark())).findFirst().orElse(UNKNOWN);
    return new StoreException(
        "The store " + file + " " + trouble.what() + ": " + said, trouble.remedy(), e);
  }

  /** The file is there and cannot be read as what it is. */
  private static StoreException damaged(Path file, String said, SQLException e) {
    return new StoreException("The store " + file + " is damaged: " + said, RESTORE, e);
  }

  /** The first line of what the engine says, without its name for the class of the failure. */
  static String said(SQLException e) {
    String message = String.valueOf(e.getMessage());
    String line = message.lines().findFirst().orElse("no reason given");
    return line.replaceFirst("^(?:[A-Z][A-Za-z]* )+Error: ", "");
  }
}
