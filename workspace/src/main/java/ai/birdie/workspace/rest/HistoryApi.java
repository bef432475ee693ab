package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.dialect.StatementType;
import ai.birdie.workspace.statement.Statement;
import ai.birdie.workspace.statement.Statements;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The history of queries: what has been run, newest first, as far as it is remembered. */
final class HistoryApi {
  private final Statements statements;
  private final String warehouseId;

  HistoryApi(Statements statements, String warehouseId) {
    this.statements = statements;
    this.warehouseId = warehouseId;
  }

  void answer(Call call, List<String> path, Principal principal) throws IOException {
    if (!call.method().equals("GET") || !path.equals(List.of("queries"))) {
      throw Server.noSuchPath(call);
    }
    HistoryFilter filter = HistoryFilter.of(call, warehouseId);
    HistoryPage page = HistoryPage.of(call);
    List<Statement> found = statements.history(principal).stream().filter(filter::passes).toList();
    call.answer(200, page.answer(found, this::described));
  }

  private Map<String, Object> described(Statement statement) {
    Map<String, Object> query = new LinkedHashMap<>();
    String text = statement.request().text();
    String userId = ScimApi.id(statement.principal());
    query.put("query_id", statement.id());
    query.put("status", status(statement));
    query.put("query_text", text);
    query.put("statement_type", StatementType.of(text).name());
    query.put("query_start_time_ms", statement.submittedAt().toEpochMilli());
    statement.endedAt().ifPresent(end -> addEnd(query, statement.submittedAt(), end));
    query.put("is_final", statement.state().isTerminal());
    query.put("user_id", Long.parseLong(userId));
    query.put("user_name", statement.principal().name());
    query.put("executed_as_user_id", Long.parseLong(userId));
    query.put("executed_as_user_name", statement.principal().name());
    query.put("warehouse_id", warehouseId);
    query.put("endpoint_id", warehouseId);
    statement.rowsProduced().ifPresent(rows -> query.put("rows_produced", rows));
    statement.failure().ifPresent(failure -> query.put("error_message", failure.message()));
    statement.request().sessionId().ifPresent(session -> query.put("session_id", session));
    query.put("query_tags", tags(statement.request().queryTags()));
    return query;
  }

  private static void addEnd(Map<String, Object> query, Instant start, Instant end) {
    query.put("execution_end_time_ms", end.toEpochMilli());
    query.put("query_end_time_ms", end.toEpochMilli());
    query.put("duration", Math.max(0, end.toEpochMilli() - start.toEpochMilli()));
  }

  private static List<Map<String, String>> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Map.of("key", tag.getKey(), "value", tag.getValue()))
        .toList();
  }

  /** A statement's state in the words of the history. */
  static String status(Statement statement) {
    return switch (statement.state()) {
      case PENDING -> "QUEUED";
      case RUNNING -> "RUNNING";
      case SUCCEEDED, CLOSED -> "FINISHED";
      case FAILED -> "FAILED";
      case CANCELED -> "CANCELED";
    };
  }
}
