package ai.birdie.duckdb;

import ai.birdie.core.kind.Family;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.FieldType;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.duckdb.Judgement.Presented;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The views for people: one for each kind, named by its id, with the kind's columns and types over
 * the current sound rows of all feeds; and one for each reference table, named by its feed. Works
 * in the caller's transaction.
 */
final class KindViews {

  /** The views of more than one kind. */
  private static final List<String> OTHERS =
      List.of("quarantine", ConversationViews.CONVERSATION, FeedbackView.FEEDBACK);

  private KindViews() {}

  /** Creates every kind's view, empty where no feed has landed yet. */
  static void createAll(Database database) {
    List<RecordKind> kinds = new KindCatalog(database).all();
    kinds.forEach(kind -> refresh(database, kind));
    FeedbackView.create(database, kinds);
  }

  /** The views that every store has, whatever landed in it. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(OTHERS);
    RecordKinds.all().stream()
        .filter(kind -> !kind.asItIs())
        .map(RecordKind::id)
        .forEach(names::add);
    return names;
  }

  /** What the rows of a history are. */
  static Optional<RecordKind> kind(Database database, History history) {
    return new KindCatalog(database).find(history.kind());
  }

  /** The views that there are. */
  static List<String> present(Database database) {
    return database.rows(
        row -> row.getString(1),
        "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal"
            + " ORDER BY ALL");
  }

  /** Makes a kind's views show its current histories as they are now. */
  static void refresh(Database database, RecordKind kind) {
    refreshQuarantine(database);
    List<History> histories =
        new Histories(database)
            .currentOfKind(kind.id()).stream()
                .filter(history -> new LandingTable(database, history).exists())
                .toList();
    if (kind.asItIs()) {
      histories.forEach(history -> refreshReference(database, history));
      return;
    }
    List<String> parts = new ArrayList<>();
    parts.add(nothing(kind));
    histories.forEach(history -> parts.add(rows(database, kind, history)));
    database.execute(
        "CREATE OR REPLACE VIEW main."
            + Sql.name(kind.id())
            + " AS "
            + String.join(" UNION ALL BY NAME ", parts));
    if (kind.family() == Family.CONVERSATION) {
      ConversationViews.refresh(database);
    }
  }

  /** Takes away the view that a history had for itself. */
  static void retire(Database database, History history) {
    if (RecordKinds.REFERENCE.id().equals(history.kind())) {
      database.execute("DROP VIEW IF EXISTS main." + Sql.name(referenceView(database, history)));
    }
  }

  private static String referenceView(Database database, History history) {
    boolean taken =
        new KindCatalog(database).find(RecordKinds.idOf(history.feed())).isPresent()
            || OTHERS.contains(history.feed().toLowerCase(Locale.ROOT));
    return taken ? "reference_" + history.feed() : history.feed();
  }

  private static void refreshReference(Database database, History history) {
    List<String> columns =
        new LandingTable(database, history)
            .columns().stream().filter(column -> !column.ours()).map(Column::name).toList();
    database.execute(
        "CREATE OR REPLACE VIEW main.%s AS SELECT %s AS _feed, %s FROM %s WHERE _violations IS NULL"
            .formatted(
                Sql.name(referenceView(database, history)),
                Sql.text(history.feed()),
                Sql.names(columns),
                history.landing()));
  }

  private static String nothing(RecordKind kind) {
    String columns =
        kind.fields().stream()
            .map(field -> "NULL::" + FieldSql.type(field.type()) + " AS " + Sql.name(field.name()))
            .collect(Collectors.joining(", "));
    return "SELECT NULL::VARCHAR AS _feed, "
        + columns
        + ", NULL::JSON AS additional_fields, NULL::BOOLEAN AS _stale WHERE false";
  }

  private static String rows(Database database, RecordKind kind, History history) {
    List<Presented> presented = new Judgement(database, history).presented();
    List<String> selected = new ArrayList<>();
    selected.add(Sql.text(history.feed()) + " AS _feed");
    for (Field field : kind.fields()) {
      selected.add(
          "TRY_CAST(%s AS %s) AS %s" // another feed's file may have another type for it
              .formatted(
                  value(field.name(), field.type(), presented),
                  FieldSql.type(field.type()),
                  Sql.name(field.name())));
    }
    selected.add(rest(database, history, presented) + " AS additional_fields");
    String columns = String.join(", ", selected);
    String current =
        "SELECT %s, false AS _stale FROM %s WHERE _violations IS NULL"
            .formatted(columns, history.landing());
    Retained retained = new Retained(database, history);
    if (!retained.exists()) {
      return current;
    }
    retained.fit(); // the landing table may have had columns added since
    return current + " UNION ALL SELECT %s, true FROM %s".formatted(columns, retained.name());
  }

  /** A field's value in the rows of a history, of that type; NULL where they have no such field. */
  static String value(String field, FieldType type, List<Presented> presented) {
    return presented.stream()
        .filter(p -> p.field().equals(field))
        .findFirst()
        .map(Presented::expression)
        .orElseGet(() -> "CAST(NULL AS " + FieldSql.type(type) + ")");
  }

  /** Every column that holds none of the kind's fields, as one JSON object. */
  private static String rest(Database database, History history, List<Presented> presented) {
    return RowJson.of(
        new LandingTable(database, history)
            .columns().stream()
                .filter(column -> presented.stream().noneMatch(p -> column.named(p.column())))
                .toList());
  }

  /** The view of all rows that break their contract, whatever their kind. */
  private static void refreshQuarantine(Database database) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "SELECT NULL::VARCHAR AS _feed, NULL::VARCHAR AS kind, NULL::BIGINT AS _window, NULL::VARCHAR[] AS violations, NULL::JSON AS record WHERE false");
    for (History history : new Histories(database).current()) {
      LandingTable table = new LandingTable(database, history);
      if (table.exists()) {
        parts.add(
            "SELECT %s, %s, _window, _violations, %s FROM %s WHERE len(_violations) > 0"
                .formatted(
                    Sql.text(history.feed()),
                    Sql.text(history.kind()),
                    RowJson.of(table.columns()),
                    table.name()));
      }
    }
    database.execute(
        """
        CREATE OR REPLACE VIEW main.quarantine AS
        SELECT q._feed, q.kind, q._window, r.statement_id, r.horizon AS read_at, q.violations, q.record
        FROM (%s) q LEFT JOIN birdie.receipt r ON r.window_id = q._window
        """
            .formatted(String.join(" UNION ALL ", parts)));
  }
}
