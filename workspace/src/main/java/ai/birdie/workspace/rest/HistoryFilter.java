package ai.birdie.workspace.rest;

import ai.birdie.workspace.statement.Statement;
import java.util.List;

/**
 * Which queries of the history a call asks for; an empty list asks for all.
 *
 * @param warehouseId the one there is
 * @param from the earliest start, in milliseconds since 1970
 * @param to the latest start, in milliseconds since 1970
 */
record HistoryFilter(
    List<String> statementIds,
    List<String> statuses,
    List<String> userIds,
    List<String> warehouseIds,
    String warehouseId,
    long from,
    long to) {
  private static final String RANGE = "query_start_time_range.";

  static HistoryFilter of(Call call, String warehouseId) {
    return new HistoryFilter(
        values(call, "statement_ids"),
        values(call, "statuses"),
        values(call, "user_ids"),
        values(call, "warehouse_ids"),
        warehouseId,
        time(call, RANGE + "start_time_ms", Long.MIN_VALUE),
        time(call, RANGE + "end_time_ms", Long.MAX_VALUE));
  }

  boolean passes(Statement statement) {
    long start = statement.submittedAt().toEpochMilli();
    return asks(statementIds, statement.id())
        && asks(statuses, HistoryApi.status(statement))
        && asks(userIds, ScimApi.id(statement.principal()))
        && asks(warehouseIds, warehouseId)
        && start >= from
        && start <= to;
  }

  private static boolean asks(List<String> asked, String value) {
    return asked.isEmpty() || asked.contains(value);
  }

  private static List<String> values(Call call, String name) {
    return call.values("filter_by." + name);
  }

  private static long time(Call call, String name, long otherwise) {
    List<String> values = values(call, name);
    if (values.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(values.getLast());
    } catch (NumberFormatException e) {
      throw ApiError.badRequest("filter_by." + name + " must be a number of milliseconds.");
    }
  }
}
