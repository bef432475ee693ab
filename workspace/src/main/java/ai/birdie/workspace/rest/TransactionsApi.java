package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.statement.Failure;
import ai.birdie.workspace.statement.Outcome;
import ai.birdie.workspace.statement.StatementRequest;
import ai.birdie.workspace.transaction.HeldTransaction;
import ai.birdie.workspace.transaction.HeldTransactions;
import ai.birdie.workspace.transaction.HeldTransactions.Begun;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds transactions open, commits them, and rolls them back. */
final class TransactionsApi {
  private final HeldTransactions transactions;

  TransactionsApi(HeldTransactions transactions) {
    this.transactions = transactions;
  }

  void answer(Call call, List<String> path, Principal principal)
      throws IOException, InterruptedException {
    switch (call.method() + " " + path.size()) {
      case "GET 0" -> call.answer(200, Map.of("transactions", all()));
      case "POST 0" -> call.answer(200, begin(read(call.json()), principal));
      case "POST 2" -> call.answer(200, end(call, path.get(0), path.get(1)));
      default -> throw Server.noSuchPath(call);
    }
  }

  private static StatementRequest read(ObjectNode body) {
    Fields fields = new Fields(body);
    fields.text("statement");
    fields.text("catalog");
    fields.text("schema");
    fields.requireNoOthers();
    return StatementRequests.read(body);
  }

  private List<Map<String, Object>> all() {
    return transactions.all().stream()
        .sorted(Comparator.comparing(HeldTransaction::since).thenComparing(HeldTransaction::id))
        .map(TransactionsApi::described)
        .toList();
  }

  private Map<String, Object> begin(StatementRequest request, Principal principal)
      throws InterruptedException {
    return switch (transactions.begin(principal, request)) {
      case Begun.Held held -> described(held.transaction());
      case Begun.TooMany tooMany ->
          throw ApiError.of(
              429,
              "RESOURCE_EXHAUSTED",
              "As many transactions are held as can be: "
                  + HeldTransactions.MOST
                  + ". Commit one, or roll one back.");
      case Begun.Ended ended ->
          throw ApiError.badRequest(
              switch (ended.outcome()) {
                case Outcome.Failed failed -> "The statement failed: " + failed.failure().message();
                case Outcome.Succeeded succeeded ->
                    "The statement ended without a commit, so there is nothing to hold.";
              });
    };
  }

  private Map<String, Object> end(Call call, String id, String how) throws InterruptedException {
    return switch (how) {
      case "commit" ->
          switch (transactions.commit(id).orElseThrow(() -> noSuchTransaction(id))) {
            case Outcome.Succeeded succeeded -> Map.of("id", id, "state", "COMMITTED");
            case Outcome.Failed failed ->
                Map.of("id", id, "state", "FAILED", "error", error(failed.failure()));
          };
      case "rollback" ->
          switch (transactions.rollBack(id)) {
            case DONE -> Map.of("id", id, "state", "ROLLED_BACK");
            case COMMITS ->
                throw ApiError.of(
                    409,
                    "RESOURCE_CONFLICT",
                    "Transaction " + id + " commits already, and cannot be rolled back.");
            case NOT_HELD -> throw noSuchTransaction(id);
          };
      default -> throw Server.noSuchPath(call);
    };
  }

  private static Map<String, Object> described(HeldTransaction transaction) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("id", transaction.id());
    described.put("state", "HELD");
    described.put("since", transaction.since().toString());
    described.put("statement", transaction.statement());
    return described;
  }

  private static Map<String, Object> error(Failure failure) {
    return Map.of("error_code", failure.errorCode(), "message", failure.message());
  }

  private static ApiError noSuchTransaction(String id) {
    return ApiError.notFound("No transaction " + id + " is held.");
  }
}
