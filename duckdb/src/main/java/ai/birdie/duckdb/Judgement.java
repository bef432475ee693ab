package ai.birdie.duckdb;

import ai.birdie.core.contract.Binding;
import ai.birdie.core.contract.Contract;
import ai.birdie.core.feed.Feed;
import java.util.List;
import java.util.Optional;

/**
 * The contract by which a history's rows are judged, and presented. Works in the caller's
 * transaction.
 */
final class Judgement {

  /** How a field is shown. */
  record Presented(String field, String column, String expression) {}

  private final Database database;
  private final History history;

  Judgement(Database database, History history) {
    this.database = database;
    this.history = history;
  }

  /**
   * Judges every row of the landing table again, unless it was judged by the same contract.
   *
   * @param people who are kept out, by whatever column names the author now
   * @return how many rows have become sound, or have ceased to be
   */
  long renew(Feed feed, SuppressionList people) {
    if (new KindCatalog(database).keep(feed.kind())) {
      KindViews.createAll(database);
    }
    LandingTable table = new LandingTable(database, history);
    Contract contract = contract(feed, table);
    String violations = judged(contract);
    if (!isNew(contract, violations)) {
      return 0;
    }
    present(contract);
    Suppression suppression = new Suppression(database, history, people);
    suppression.erase(); // another column may name the author now
    suppression.eraseRetained();
    String judged = "(" + Suppression.ERASED + ") IS NOT TRUE";
    long changed =
        database.number(
            "SELECT count(*) FROM %s WHERE %s AND (%s) IS NULL <> (_violations IS NULL)"
                .formatted(table.name(), judged, violations));
    database.execute(
        "UPDATE %1$s SET _violations = %2$s WHERE %3$s AND _violations IS DISTINCT FROM (%2$s)"
            .formatted(table.name(), violations, judged));
    new Retained(database, history).judge(contract);
    KindViews.refresh(database, feed.kind());
    return changed;
  }

  /** As the contract has it, and what was found when the row came, which cannot be found again. */
  private static String judged(Contract contract) {
    String lasting =
        "list_filter(_violations, lambda v: ends_with(v, '" + BrokenTexts.VIOLATION + "'))";
    return "CASE WHEN len(%1$s) > 0 THEN list_concat(%2$s, %1$s) ELSE %2$s END"
        .formatted(lasting, ContractSql.violations(contract));
  }

  /** Rows have left: what was shown in the place of one of them is shown no longer. */
  void release(Feed feed) {
    Contract contract = contract(feed, new LandingTable(database, history));
    new Retained(database, history).release(contract.key());
  }

  private static Contract contract(Feed feed, LandingTable table) {
    List<Column> columns = table.columns().stream().filter(column -> !column.ours()).toList();
    return Contract.of(feed, columns.stream().map(Column::asSource).toList());
  }

  private boolean isNew(Contract contract, String violations) {
    StringBuilder text = new StringBuilder(violations);
    contract.bindings().forEach(b -> text.append('\n').append(FieldSql.value(b)));
    long changed =
        database.execute(
            "UPDATE birdie.history SET contract = md5(?) WHERE id = ? AND contract IS DISTINCT FROM md5(?)",
            text.toString(),
            history.id(),
            text.toString());
    return changed > 0;
  }

  private void present(Contract contract) {
    database.execute("DELETE FROM birdie.presented WHERE history = ?", history.id());
    for (Binding binding : contract.bindings()) {
      database.execute(
          "INSERT INTO birdie.presented VALUES (?, ?, ?, ?)",
          history.id(),
          binding.field().name(),
          binding.column().name(),
          FieldSql.value(binding));
    }
  }

  /** How a field of the history's is shown, if its rows have it. */
  Optional<Presented> presented(String field) {
    return presented().stream().filter(presented -> presented.field().equals(field)).findFirst();
  }

  /** How the history's fields are shown. */
  List<Presented> presented() {
    return database.rows(
        row -> new Presented(row.getString(1), row.getString(2), row.getString(3)),
        "SELECT field, source_column, expression FROM birdie.presented WHERE history = ?",
        history.id());
  }
}
