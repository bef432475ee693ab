package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.WarehousePermissions;
import ai.birdie.workspace.statement.Warehouse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workspace's one SQL warehouse: listing, describing, starting, and stopping it. */
final class WarehousesApi {
  private final Warehouse warehouse;
  private final WarehousePermissions permissions;
  private final URI host;

  WarehousesApi(Warehouse warehouse, WarehousePermissions permissions, URI host) {
    this.warehouse = warehouse;
    this.permissions = permissions;
    this.host = host;
  }

  void answer(Call call, List<String> path, Principal principal) throws IOException {
    if (!path.isEmpty()) {
      requireKnown(path.getFirst());
    }
    String action = path.size() == 2 ? path.get(1) : "";
    switch (call.method() + " " + path.size() + action) {
      case "GET 0" -> call.answer(200, Map.of("warehouses", seen(principal)));
      case "GET 1" -> {
        require(permissions.maySee(principal), principal, "View");
        call.answer(200, described());
      }
      case "POST 2start" -> {
        require(permissions.mayUse(principal), principal, "Use");
        warehouse.start();
        call.answer(200, Map.of());
      }
      case "POST 2stop" -> {
        require(permissions.mayManage(principal), principal, "Manage");
        warehouse.stop();
        call.answer(200, Map.of());
      }
      default -> throw Server.noSuchPath(call);
    }
  }

  void requireKnown(String asked) {
    if (!asked.equals(warehouse.id())) {
      throw ApiError.of(
          404, "RESOURCE_DOES_NOT_EXIST", "SQL warehouse " + asked + " does not exist.");
    }
  }

  /** Refuses a statement that is not to wait for the warehouse to start, and starts it. */
  void requireAvailable() {
    if (!warehouse.admits()) {
      throw ApiError.of(
          503,
          "TEMPORARILY_UNAVAILABLE",
          "SQL warehouse " + warehouse.id() + " is " + warehouse.state() + ". Try again later.");
    }
  }

  private List<Map<String, Object>> seen(Principal principal) {
    return permissions.maySee(principal) ? List.of(described()) : List.of();
  }

  private void require(boolean allowed, Principal principal, String permission) {
    if (!allowed) {
      throw ApiError.permissionDenied(
          principal.name()
              + " does not have "
              + permission
              + " permissions on warehouse "
              + warehouse.id()
              + ".");
    }
  }

  private Map<String, Object> described() {
    Warehouse.State state = warehouse.state();
    boolean running = state == Warehouse.State.RUNNING;
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("id", warehouse.id());
    described.put("name", "Local warehouse");
    described.put("cluster_size", "2X-Small");
    described.put("min_num_clusters", 1);
    described.put("max_num_clusters", 1);
    described.put("num_clusters", running ? 1 : 0);
    described.put("auto_stop_mins", 0);
    described.put("creator_name", "admin");
    described.put("warehouse_type", "PRO");
    described.put("enable_serverless_compute", false);
    described.put("state", state.name());
    if (running) {
      described.put("health", Map.of("status", "HEALTHY"));
    }
    described.put("odbc_params", reached());
    return described;
  }

  private Map<String, Object> reached() {
    return Map.of(
        "hostname", host.getHost(),
        "port", host.getPort(),
        "protocol", host.getScheme(),
        "path", "/sql/1.0/warehouses/" + warehouse.id());
  }
}
