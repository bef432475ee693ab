package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.statement.Result;
import ai.birdie.workspace.statement.Statement;
import ai.birdie.workspace.statement.StatementRequest;
import ai.birdie.workspace.statement.Statements;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/** Executing statements, asking for them, fetching their chunks, cancelling and closing them. */
final class StatementsApi {
  private final Statements statements;
  private final WarehousesApi warehouses;
  private final WarehousePermissionsApi permissions;
  private final SessionsApi sessions;
  private final StatementResponses responses;

  StatementsApi(
      Statements statements,
      WarehousesApi warehouses,
      WarehousePermissionsApi permissions,
      SessionsApi sessions,
      StatementResponses responses) {
    this.permissions = permissions;
    this.statements = statements;
    this.warehouses = warehouses;
    this.sessions = sessions;
    this.responses = responses;
  }

  void answer(Call call, List<String> path, Principal principal)
      throws IOException, InterruptedException {
    String shape = call.method() + " " + path.size();
    switch (shape) {
      case "POST 0" -> execute(call, principal);
      case "GET 1" -> call.answer(200, responses.statement(find(path, principal)));
      case "DELETE 1" -> {
        statements.close(find(path, principal));
        call.answer(200, Map.of());
      }
      case "POST 2" -> {
        if (!path.get(1).equals("cancel")) {
          throw Server.noSuchPath(call);
        }
        statements.cancel(find(path, principal));
        call.answer(200, Map.of());
      }
      case "GET 4" -> {
        if (!path.get(1).equals("result") || !path.get(2).equals("chunks")) {
          throw Server.noSuchPath(call);
        }
        chunk(call, find(path, principal), path.get(3));
      }
      default -> throw Server.noSuchPath(call);
    }
  }

  private void execute(Call call, Principal principal) throws IOException, InterruptedException {
    ObjectNode body = call.json();
    String warehouse = StatementRequests.text(body, "warehouse_id").orElse("");
    if (warehouse.isBlank()) {
      throw ApiError.badRequest("warehouse_id is required.");
    }
    warehouses.requireKnown(warehouse);
    permissions.requireUse(principal);
    StatementRequest request = StatementRequests.read(body);
    request.sessionId().ifPresent(id -> sessions.requireOpen(principal, id));
    warehouses.requireAvailable();
    try {
      Statement statement = statements.submit(principal, request);
      call.answer(200, responses.submitted(statement));
    } catch (RejectedExecutionException e) {
      throw ApiError.of(
          429, "RESOURCE_EXHAUSTED", "Too many statements are waiting in the workspace.");
    }
  }

  private Statement find(List<String> path, Principal principal) {
    String id = path.getFirst();
    return statements
        .find(principal, id)
        .orElseThrow(() -> ApiError.notFound("The statement " + id + " was not found."));
  }

  private void chunk(Call call, Statement statement, String number) throws IOException {
    Result result =
        statement
            .result()
            .orElseThrow(() ->
                ApiError.notFound(
                    "The result of the statement " + statement.id() + " was not found."));
    if (!number.matches("\\d{1,9}")) {
      throw ApiError.badRequest("Not a chunk's index: " + number + ".");
    }
    int index = Integer.parseInt(number);
    if (index >= result.chunks().size()) {
      throw ApiError.notFound(
          "The statement "
              + statement.id()
              + " has "
              + result.chunks().size()
              + " chunks, and none with the index "
              + index
              + ".");
    }
    call.answer(200, responses.chunk(statement.id(), result, index));
  }
}
