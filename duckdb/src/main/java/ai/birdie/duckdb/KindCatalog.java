package ai.birdie.duckdb;

import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.Family;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.FieldType;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The kinds that the store knows: those that every store does, and those that its users defined,
 * which it keeps so that their views can be made without their files. Works in the caller's
 * transaction.
 */
final class KindCatalog {

  private static final String COMMA = ",";

  private final Database database;

  KindCatalog(Database database) {
    this.database = database;
  }

  /** All kinds, the user's last. */
  List<RecordKind> all() {
    List<RecordKind> all = new ArrayList<>(RecordKinds.all());
    all.addAll(
        database.rows(
            this::kind,
            "SELECT id, display_name, family, meaning, key_fields, any_of FROM birdie.kind ORDER BY id"));
    return all;
  }

  /** The kind of that id. */
  Optional<RecordKind> find(String id) {
    return all().stream().filter(kind -> kind.id().equals(id)).findFirst();
  }

  /**
   * Keeps a kind of the user's, as it is defined now.
   *
   * @return whether the store did not know it so
   */
  boolean keep(RecordKind kind) {
    boolean known =
        RecordKinds.named(kind.id()).isPresent()
            || find(kind.id()).filter(kind::equals).isPresent();
    if (known) {
      return false;
    }
    database.execute("DELETE FROM birdie.kind WHERE id = ?", kind.id());
    database.execute("DELETE FROM birdie.kind_field WHERE kind = ?", kind.id());
    database.execute(
        "INSERT INTO birdie.kind VALUES (?, ?, ?, ?, ?, ?)",
        kind.id(),
        kind.displayName(),
        kind.family().name(),
        kind.meaning(),
        String.join(COMMA, kind.key()),
        String.join(COMMA, kind.anyOf()));
    for (int i = 0; i < kind.fields().size(); i++) {
      keep(kind, i, kind.fields().get(i));
    }
    return true;
  }

  private void keep(RecordKind kind, int place, Field field) {
    List<Double> range =
        field.domain() instanceof Domain.Range(double from, double to)
            ? List.of(from, to)
            : List.of(0.0, 0.0);
    String words =
        field.domain() instanceof Domain.Words(List<String> all) ? String.join(COMMA, all) : "";
    database.execute(
        "INSERT INTO birdie.kind_field VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        kind.id(),
        place,
        field.name(),
        field.type().name(),
        field.need().name(),
        range.get(0),
        range.get(1),
        words,
        field.level().name(),
        field.basis().name(),
        field.meaning());
  }

  private RecordKind kind(ResultSet row) throws SQLException {
    String id = row.getString(1);
    return new RecordKind(
        id,
        row.getString(2),
        Family.valueOf(row.getString(3)),
        row.getString(4),
        database.rows(
            KindCatalog::field,
            "SELECT name, type, need, range_from, range_to, words, level, basis, meaning"
                + " FROM birdie.kind_field WHERE kind = ? ORDER BY place",
            id),
        words(row.getString(5)),
        words(row.getString(6)));
  }

  private static Field field(ResultSet row) throws SQLException {
    return new Field(
        row.getString(1),
        FieldType.valueOf(row.getString(2)),
        Field.Need.valueOf(row.getString(3)),
        domain(row.getDouble(4), row.getDouble(5), words(row.getString(6))),
        Field.Level.valueOf(row.getString(7)),
        Field.Basis.valueOf(row.getString(8)),
        row.getString(9));
  }

  /** A range of no width stands for none. */
  private static Domain domain(double from, double to, List<String> words) {
    if (!words.isEmpty()) {
      return new Domain.Words(words);
    }
    return from < to ? new Domain.Range(from, to) : Domain.ANY;
  }

  private static List<String> words(String joined) {
    return joined.isEmpty() ? List.of() : Arrays.asList(joined.split(COMMA));
  }
}
