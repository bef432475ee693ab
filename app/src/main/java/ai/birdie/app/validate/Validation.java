package ai.birdie.app.validate;

import static java.util.Objects.requireNonNull;

import ai.birdie.app.config.Connection;
import ai.birdie.app.map.Gap;
import ai.birdie.app.run.OtherKinds;
import ai.birdie.core.contract.Contract;
import ai.birdie.core.error.AccessException;
import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.SourceException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Mode;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.feed.Way;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.kind.Field.Need;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Reading;
import ai.birdie.databricks.Credentials;
import ai.birdie.databricks.DatabricksWorkspace;
import ai.birdie.databricks.fitness.CursorFitness;
import ai.birdie.databricks.fitness.Present;
import ai.birdie.databricks.privilege.Identity;
import ai.birdie.databricks.privilege.Right;
import ai.birdie.databricks.sql.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The checks of one connection, in the order in which they depend on each other: once one that the
 * rest needs has failed, the rest is skipped. Reads, and changes nothing.
 */
public final class Validation {

  private static final String AFTER_A_FAILURE = "needs a check that failed";
  private static final String READING = "reading";
  private static final String BY_CURSOR =
      "If it comes back, have the table read by its partition column alone: \"ingestion\": {\"mode\":"
          + " \"cursor\"}.";
  private static final String KINDS = "kinds";
  private static final String IDENTITY = "identity";
  private static final String NOBODY = "whose the credential is could not be found out";

  private final Connection connection;
  private final DatabricksWorkspace workspace;
  private final Source source;
  private final Consumer<Check> listener;
  private final List<Check> checks = new ArrayList<>();
  private Optional<Identity> identity = Optional.empty();
  private boolean blocked;

  /**
   * @param listener told of each check as it is done
   */
  public Validation(
      Connection connection,
      DatabricksWorkspace workspace,
      Source source,
      Consumer<Check> listener) {
    this.connection = connection;
    this.workspace = workspace;
    this.source = source;
    this.listener = listener;
  }

  /** Does every check. */
  public List<Check> run() {
    file();
    token();
    step("workspace API", () -> "path / is a " + workspace.root());
    identify(workspace::identity);
    step("SQL warehouse", this::warehouse);
    step("SELECT 1", this::selectOne);
    if (identity.isEmpty() && !blocked) {
      identify(workspace::currentUser); // which takes a warehouse
    }
    rights(Rights.WAREHOUSE, rights -> rights.onWarehouse(connection.workspace().warehouseId()));
    check("result download", this::download);
    List<Column> columns = table(connection.table());
    rights(LeastPrivilege.NAME, rights -> rights.on(connection.table()));
    connection.feeds().forEach(feed -> feed(feed, columns));
    if (connection.feeds().getFirst().filter().isPresent()) {
      check(KINDS, this::kinds);
    }
    return List.copyOf(checks);
  }

  private Check kinds() {
    return OtherKinds.count(workspace, connection)
        .map(other ->
            Check.warn(
                KINDS,
                other.describe(),
                "Name these kinds in metadata.data_kind too, or correct the column's values."))
        .orElseGet(() -> Check.pass(KINDS, "every row is of a kind that is read"));
  }

  private void file() {
    String feeds = connection.feeds().stream().map(Feed::name).collect(Collectors.joining(", "));
    add(Check.pass("connection file", "understood; feeds: " + feeds));
    connection
        .warnings()
        .forEach(warning ->
            add(
                Check.warn(
                    "connection file",
                    warning.toString(),
                    "See docs/reference/connection-file.md.")));
  }

  private void token() {
    switch (connection.workspace().credentials()) {
      case Credentials.OAuth oauth ->
          step(
              "OAuth token",
              () -> {
                workspace.authenticate();
                return "granted to the service principal";
              });
      case Credentials.PersonalAccessToken token ->
          add(Check.skipped("OAuth token", "the connection uses a personal access token"));
    }
  }

  /** What fails here is not needed to read a table. */
  private void identify(Supplier<Identity> question) {
    optional(
        IDENTITY,
        () -> {
          Identity found = question.get();
          identity = Optional.of(found);
          String groups = String.join(", ", found.groups());
          String in = groups.isEmpty() ? "in no group" : "in the groups " + groups;
          return List.of(Check.pass(IDENTITY, found.name() + ", " + in));
        });
  }

  private String warehouse() {
    return workspace.startWarehouse().name() + " runs";
  }

  private String selectOne() {
    workspace.selectOne();
    return "answered 1";
  }

  /** Rows come another way where it fails. */
  private Check download() {
    String name = "result download";
    try {
      workspace.downloadTest();
      return Check.pass(name, "the workspace's storage can be reached from here");
    } catch (AccessException | SourceException e) {
      return Check.warn(
          name,
          e.getMessage() + " Rows would come inline, in small pieces, which is slower.",
          e.remedy().orElse(""));
    }
  }

  /** Reads nothing of the table, which is the proof that it can be read; gives its columns. */
  private List<Column> table(TableName table) {
    List<Right> rights = levels(table);
    if (blocked) {
      rights.forEach(right -> add(Check.skipped(Levels.name(right), AFTER_A_FAILURE)));
      return List.of();
    }
    try {
      List<Column> columns = workspace.columns(table);
      rights
          .subList(0, rights.size() - 1)
          .forEach(right -> add(Check.pass(Levels.name(right), right + " is granted")));
      String name = Levels.name(rights.getLast());
      add(Check.pass(name, table + " can be read; it has " + columns.size() + " columns"));
      return columns;
    } catch (AccessException | ConfigException e) {
      levels(table, e).forEach(this::add);
    } catch (BirdieException e) {
      add(Check.fail(Levels.name(rights.getLast()), e));
    }
    blocked = true;
    return List.of();
  }

  private List<Check> levels(TableName table, BirdieException refusal) {
    if (table.inHiveMetastore() || identity.isEmpty()) {
      return List.of(Check.fail(Levels.name(levels(table).getLast()), refusal));
    }
    return new Levels(workspace.permissions(), identity.get(), table, refusal).checks();
  }

  /** The Hive metastore does not tell whether a schema's right is granted, or not called for. */
  private static List<Right> levels(TableName table) {
    List<Right> rights = Right.toRead(table);
    return table.inHiveMetastore() ? List.of(rights.getLast()) : rights;
  }

  private void rights(String name, Function<Rights, List<Check>> question) {
    if (identity.isEmpty()) {
      add(Check.skipped(name, blocked ? AFTER_A_FAILURE : NOBODY));
      return;
    }
    Rights rights = new Rights(workspace.permissions(), identity.get());
    optional(name, () -> question.apply(rights));
  }

  private void feed(Feed feed, List<Column> columns) {
    String of = connection.feeds().size() > 1 ? " of " + feed.name() : "";
    step("key" + of, () -> key(feed, columns));
    check("columns" + of, () -> fields("columns" + of, feed, columns));
    if (!feed.redaction().names(feed).isEmpty()) {
      step("redaction" + of, () -> redaction(feed, columns));
    }
    cursor(feed, of)
        .ifPresentOrElse(
            probe -> fitness(feed, of, columns, probe), () -> unmeasured(of, AFTER_A_FAILURE));
  }

  /** Of what cannot be told, nothing depends: a run reads all the same. */
  private void fitness(Feed feed, String of, List<Column> columns, Probe probe) {
    Fitness fitness = new Fitness(feed, probe.horizon().scale(), of);
    try {
      CursorFitness measure = workspace.fitness(feed, columns, probe);
      Present present = measure.present();
      fitness.of(present).forEach(this::add);
      fitness.of(measure.past(), present).forEach(this::add);
    } catch (BirdieException e) {
      unmeasured(of, String.valueOf(e.getMessage()));
    }
  }

  /** Skips what is not there yet of the checks of a feed's fitness. */
  private void unmeasured(String of, String why) {
    List<String> done = checks.stream().map(Check::name).toList();
    Fitness.ALL.stream()
        .map(name -> name + of)
        .filter(name -> !done.contains(name))
        .forEach(name -> add(Check.skipped(name, why)));
  }

  /** The same judgement that every landing begins with. */
  private static String key(Feed feed, List<Column> columns) {
    Contract _ = Contract.of(feed, columns.stream().map(Column::asSource).toList());
    return String.join(", ", feed.key());
  }

  private static String redaction(Feed feed, List<Column> columns) {
    List<String> redacted =
        feed.redaction().columns(feed, columns.stream().map(Column::name).toList());
    return "personal data is taken out of " + String.join(", ", redacted);
  }

  private static Check fields(String name, Feed feed, List<Column> columns) {
    Map<Boolean, List<Gap>> gaps =
        Gap.of(feed, columns.stream().map(Column::asSource).toList()).stream()
            .collect(Collectors.partitioningBy(gap -> gap.need() == Need.OPTIONAL));
    List<Gap> missed = requireNonNull(gaps.get(false));
    String optional = notRequired(requireNonNull(gaps.get(true)));
    String kind = feed.kind().displayName();
    if (missed.isEmpty()) {
      return Check.pass(name, "every field that " + kind + " requires is there" + optional);
    }
    return Check.warn(
        name,
        "%s requires %s, which the table does not have: %s%s"
            .formatted(
                kind,
                missed.stream().map(Gap::label).collect(Collectors.joining(", ")),
                missed.stream().map(Gap::cost).collect(Collectors.joining("; ")),
                optional),
        "Add a column of that name, or let birdie map FILE find the one that holds it.");
  }

  private static String notRequired(List<Gap> gaps) {
    return gaps.isEmpty()
        ? ""
        : gaps.stream()
            .map(gap -> gap.label() + " (" + gap.cost() + ")")
            .collect(Collectors.joining(", ", ". Not there, and not required: ", ""));
  }

  /** The same question that every run begins with, so that what passes here passes there. */
  private Optional<Probe> cursor(Feed feed, String of) {
    String name = "partition column" + of;
    if (blocked) {
      add(Check.skipped(name, AFTER_A_FAILURE));
      add(Check.skipped(READING + of, AFTER_A_FAILURE));
      return Optional.empty();
    }
    try {
      Asked asked = ask(feed, READING + of);
      add(cursor(name, feed, asked.probe()));
      add(asked.reading());
      if (asked.probe().horizon().reading().way() == Way.CURSOR) {
        String same = SameRows.NAME + of;
        optional(same, () -> List.of(SameRows.of(same, source, feed, asked.probe())));
      }
      return Optional.of(asked.probe());
    } catch (BirdieException e) {
      blocked = true;
      add(Check.fail(name, e));
      add(Check.skipped(READING + of, AFTER_A_FAILURE));
      return Optional.empty();
    }
  }

  private record Asked(Probe probe, Check reading) {}

  /** What fails only in the way in which a run would read is no fault of the column. */
  private Asked ask(Feed feed, String reading) {
    try {
      Probe probe = source.probe(feed, Coverage.none());
      return new Asked(probe, reading(reading, feed, probe.horizon().reading()));
    } catch (BirdieException e) {
      if (feed.mode() == Mode.CURSOR) {
        throw e;
      }
      Probe probe = source.probe(feed.readBy(Mode.CURSOR), Coverage.none());
      return new Asked(probe, Check.fail(reading, e, BY_CURSOR));
    }
  }

  private static Check cursor(String name, Feed feed, Probe probe) {
    String column = feed.cursor().column();
    if (probe.smallest().isEmpty() && probe.withoutCursor() > 0) {
      throw new ConfigException(
          "No value of %s in %s is a time.".formatted(column, feed.table()),
          "Name a column that says when a row was added or changed: partition_column.");
    }
    String usable = "%s is usable; about %d rows to read".formatted(column, probe.due());
    if (probe.withoutCursor() + probe.ahead() == 0) {
      return Check.pass(name, usable);
    }
    long all = probe.due() + probe.withoutCursor() + probe.ahead();
    return Check.warn(
        name,
        "%s; besides, %d rows (%s) have no value in it, and %d (%s) one in the future"
            .formatted(
                usable,
                probe.withoutCursor(),
                Words.share(probe.withoutCursor(), all),
                probe.ahead(),
                Words.share(probe.ahead(), all)),
        "They are read in every run; have the pipeline stamp rows as it writes them.");
  }

  /** What each way promises stands in docs/concepts/guarantees.md. */
  private static Check reading(String name, Feed feed, Reading reading) {
    String by = "read by " + reading.way().label();
    if (feed.mode() == Mode.CURSOR || reading.way() == Way.CHANGES) {
      return Check.pass(name, by);
    }
    String detail = by + ". " + reading.reason();
    String remedy =
        """
        Have the table's owner switch its change data feed on:
        ALTER TABLE %s SET TBLPROPERTIES (delta.enableChangeDataFeed = true);
        Where the feed was read before, then run birdie reconcile FILE once: runs go on in the way that worked last. Else run it once a day, which finds what a cursor cannot.\
        """
            .formatted(feed.table());
    return reading.way() == Way.CURSOR
        ? Check.warn(name, detail, remedy)
        : Check.pass(name, detail);
  }

  private void step(String name, Supplier<String> detail) {
    check(name, () -> Check.pass(name, detail.get()));
  }

  private void check(String name, Supplier<Check> check) {
    if (blocked) {
      add(Check.skipped(name, AFTER_A_FAILURE));
      return;
    }
    try {
      add(check.get());
    } catch (BirdieException e) {
      blocked = true;
      add(Check.fail(name, e));
    }
  }

  /** What cannot be checked is skipped, and nothing depends on it. */
  private void optional(String name, Supplier<List<Check>> found) {
    if (blocked) {
      add(Check.skipped(name, AFTER_A_FAILURE));
      return;
    }
    try {
      found.get().forEach(this::add);
    } catch (BirdieException e) {
      add(Check.skipped(name, String.valueOf(e.getMessage())));
    }
  }

  private void add(Check check) {
    checks.add(check);
    listener.accept(check);
  }
}
