package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Principals;
import ai.birdie.workspace.access.WarehousePermissions;
import ai.birdie.workspace.access.WarehousePermissions.Level;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who may use and manage the SQL warehouse. */
final class WarehousePermissionsApi {
  private static final String OBJECTS = "/sql/warehouses/";

  private final WarehousesApi warehouses;
  private final WarehousePermissions permissions;
  private final Principals principals;

  WarehousePermissionsApi(
      WarehousesApi warehouses, WarehousePermissions permissions, Principals principals) {
    this.warehouses = warehouses;
    this.permissions = permissions;
    this.principals = principals;
  }

  void answer(Call call, List<String> path, Principal principal) throws IOException {
    if (path.size() != 1) {
      throw Server.noSuchPath(call);
    }
    String warehouse = path.getFirst();
    warehouses.requireKnown(warehouse);
    if (!permissions.mayManage(principal)) {
      throw ApiError.permissionDenied(
          principal.name()
              + " does not have Manage permissions on warehouse "
              + warehouse
              + ". Please contact the owner or an administrator for access.");
    }
    switch (call.method()) {
      case "GET" -> {}
      case "PATCH" -> permissions.update(levels(call));
      case "PUT" -> replace(levels(call), warehouse);
      default -> throw Server.noSuchPath(call);
    }
    call.answer(200, described(warehouse));
  }

  /** Refuses a principal that may not run statements on the warehouse. */
  void requireUse(Principal principal) {
    if (!permissions.mayUse(principal)) {
      throw ApiError.permissionDenied(
          principal.name()
              + " is not authorized to use this SQL Endpoint. Please contact your administrator.");
    }
  }

  private void replace(Map<String, Level> levels, String warehouse) {
    if (permissions.owner().isEmpty() && !levels.containsValue(Level.IS_OWNER)) {
      throw ApiError.badRequest(
          "PUT requests for warehouse "
              + warehouse
              + " with no existing owner must provide a new owner.");
    }
    permissions.replace(levels);
  }

  private Map<String, Level> levels(Call call) throws IOException {
    Map<String, Level> levels = new LinkedHashMap<>();
    for (JsonNode entry : call.json().path("access_control_list")) {
      levels.put(grantee(entry), level(entry.path("permission_level").asText()));
    }
    return levels;
  }

  private String grantee(JsonNode entry) {
    String group = entry.path("group_name").asText();
    if (principals.isGroup(group)) {
      return group;
    }
    for (String key : List.of("user_name", "service_principal_name")) {
      String name = entry.path(key).asText();
      if (principals.named(name).isPresent()) {
        return name;
      }
    }
    throw ApiError.of(404, "RESOURCE_DOES_NOT_EXIST", "Principal: " + entry + " does not exist.");
  }

  private static Level level(String name) {
    for (Level level : Level.values()) {
      if (level.name().equals(name)) {
        return level;
      }
    }
    throw ApiError.badRequest("Not a permission level of a warehouse: " + name + ".");
  }

  private Map<String, Object> described(String warehouse) {
    List<Object> list = new ArrayList<>();
    permissions.levels().forEach((name, level) -> list.add(entry(name, level)));
    Map<String, Object> inherited = new LinkedHashMap<>();
    inherited.put("permission_level", Level.CAN_MANAGE);
    inherited.put("inherited", true);
    inherited.put("inherited_from_object", List.of(OBJECTS));
    list.add(
        Map.of("group_name", Principals.WORKSPACE_ADMINS, "all_permissions", List.of(inherited)));
    return Map.of(
        "object_id", OBJECTS + warehouse, "object_type", "warehouses", "access_control_list", list);
  }

  private Map<String, Object> entry(String name, Level level) {
    Map<String, Object> entry = new LinkedHashMap<>();
    principals
        .named(name)
        .ifPresentOrElse(
            principal -> {
              entry.put(
                  switch (principal.kind()) {
                    case USER -> "user_name";
                    case SERVICE_PRINCIPAL -> "service_principal_name";
                    case GROUP -> "group_name";
                  },
                  name);
              entry.put("display_name", principal.displayName());
            },
            () -> entry.put("group_name", name));
    entry.put("all_permissions", List.of(Map.of("permission_level", level, "inherited", false)));
    return entry;
  }
}
