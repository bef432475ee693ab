package ai.birdie.workspace.rest;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workspace's one SQL warehouse, which always runs. */
final class WarehousesApi {
  private final String id;

  WarehousesApi(String id) {
    this.id = id;
  }

  void answer(Call call, List<String> path) throws IOException {
    switch (call.method() + " " + path.size()) {
      case "GET 0" -> call.answer(200, Map.of("warehouses", List.of(described())));
      case "GET 1" -> {
        requireKnown(path.getFirst());
        call.answer(200, described());
      }
      case "POST 2" -> {
        requireKnown(path.getFirst());
        if (!path.get(1).equals("start")) {
          throw Server.noSuchPath(call);
        }
        call.answer(200, Map.of());
      }
      default -> throw Server.noSuchPath(call);
    }
  }

  void requireKnown(String asked) {
    if (!asked.equals(id)) {
      throw ApiError.of(
          404, "RESOURCE_DOES_NOT_EXIST", "SQL warehouse " + asked + " does not exist.");
    }
  }

  private Map<String, Object> described() {
    Map<String, Object> warehouse = new LinkedHashMap<>();
    warehouse.put("id", id);
    warehouse.put("name", "Local warehouse");
    warehouse.put("cluster_size", "2X-Small");
    warehouse.put("min_num_clusters", 1);
    warehouse.put("max_num_clusters", 1);
    warehouse.put("num_clusters", 1);
    warehouse.put("auto_stop_mins", 0);
    warehouse.put("creator_name", "admin");
    warehouse.put("warehouse_type", "PRO");
    warehouse.put("enable_serverless_compute", false);
    warehouse.put("state", "RUNNING");
    warehouse.put("health", Map.of("status", "HEALTHY"));
    return warehouse;
  }
}
