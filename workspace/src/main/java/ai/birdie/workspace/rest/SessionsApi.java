package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.session.SessionSettings;
import ai.birdie.workspace.session.Sessions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/**
 * Opening and closing sessions. No public API of Databricks', but what all its drivers call.
 *
 * <p>Source: databricks-jdbc 3.4.5, databricks-sql-connector 4 (use_sea), and recorded traffic.
 */
final class SessionsApi {
  private final Sessions sessions;
  private final WarehousesApi warehouses;
  private final WarehousePermissionsApi permissions;

  SessionsApi(Sessions sessions, WarehousesApi warehouses, WarehousePermissionsApi permissions) {
    this.permissions = permissions;
    this.sessions = sessions;
    this.warehouses = warehouses;
  }

  void answer(Call call, List<String> path, Principal principal) throws IOException {
    switch (call.method() + " " + path.size()) {
      case "POST 0" -> {
        ObjectNode body = call.json();
        open(call, StatementRequests.text(body, "warehouse_id").orElse(""), body, principal);
      }
      case "DELETE 1" -> {
        if (!sessions.close(principal, path.getFirst())) {
          throw noSession(path.getFirst());
        }
        call.answer(200, Map.of());
      }
      default -> throw Server.noSuchPath(call);
    }
  }

  /** The newest drivers name the warehouse in the path, and in nothing else differ. */
  void answerOf(String warehouse, Call call, Principal principal) throws IOException {
    if (!call.method().equals("POST")) {
      throw Server.noSuchPath(call);
    }
    open(call, warehouse, call.json(), principal);
  }

  /** Refuses a statement in a session that is not the principal's. */
  void requireOpen(Principal principal, String id) {
    if (!sessions.has(principal, id)) {
      throw noSession(id);
    }
  }

  private void open(Call call, String warehouse, ObjectNode body, Principal principal)
      throws IOException {
    warehouses.requireKnown(warehouse);
    permissions.requireUse(principal);
    SessionSettings settings =
        new SessionSettings(
            StatementRequests.text(body, "catalog"),
            StatementRequests.text(body, "schema"),
            parameters(body.path("session_confs")));
    try {
      call.answer(200, Map.of("session_id", sessions.open(principal, settings)));
    } catch (SqlRefusal e) {
      throw ApiError.of(400, "BAD_REQUEST", String.valueOf(e.getMessage()));
    } catch (RejectedExecutionException e) {
      throw ApiError.of(
          429,
          "RESOURCE_EXHAUSTED",
          "There are " + Sessions.MOST + " sessions already. Close those that are not used.");
    }
  }

  private static Map<String, String> parameters(JsonNode confs) {
    Map<String, String> parameters = new LinkedHashMap<>();
    confs.properties().forEach(conf -> parameters.put(conf.getKey(), conf.getValue().asText()));
    return parameters;
  }

  private static ApiError noSession(String id) {
    return ApiError.notFound("The session " + id + " was not found.");
  }
}
