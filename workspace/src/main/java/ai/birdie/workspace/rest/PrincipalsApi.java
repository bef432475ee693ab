package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Account;
import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Principals;
import ai.birdie.workspace.access.WarehousePermissions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Making principals: the workspace's own, since in Databricks this is the account's business. */
final class PrincipalsApi {
  private static final int LONGEST_NAME = 255;

  private final Principals principals;
  private final WarehousePermissions warehouse;

  PrincipalsApi(Principals principals, WarehousePermissions warehouse) {
    this.principals = principals;
    this.warehouse = warehouse;
  }

  void answer(Call call, Principal caller) throws IOException {
    if (!call.method().equals("POST")) {
      throw Server.noSuchPath(call);
    }
    if (!caller.isAdmin()) {
      throw ApiError.permissionDenied("Only an administrator makes principals.");
    }
    ObjectNode body = call.json();
    try {
      call.answer(200, answer(body));
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, Object> answer(ObjectNode body) {
    String name = body.path("name").asText();
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw ApiError.badRequest("name must be of 1 to " + LONGEST_NAME + " characters.");
    }
    Set<String> groups = new TreeSet<>();
    for (JsonNode group : body.path("groups")) {
      groups.add(group.asText());
    }
    Optional<Principal> known =
        principals.all().stream()
            .filter(each -> each.name().equals(name) || each.displayName().equals(name))
            .findFirst();
    if (known.isPresent()) {
      principals.regroup(known.get(), groups);
      return shown(known.get(), groups);
    }
    Account added = principals.add(name, kind(body.path("kind").asText("user")), groups);
    if (body.path("can_use_warehouse").asBoolean(true)) {
      warehouse.update(Map.of(added.principal().name(), WarehousePermissions.Level.CAN_USE));
    }
    Map<String, Object> answer = shown(added.principal(), groups);
    if (added.token() != null) {
      answer.put("token", added.token());
    }
    if (added.clientSecret() != null) {
      answer.put("client_id", added.principal().name());
      answer.put("client_secret", added.clientSecret());
    }
    return answer;
  }

  private static Map<String, Object> shown(Principal principal, Set<String> groups) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", principal.name());
    shown.put("display_name", principal.displayName());
    shown.put("kind", principal.kind().name().toLowerCase(Locale.ROOT));
    shown.put("groups", groups);
    return shown;
  }

  private static Principal.Kind kind(String name) {
    return switch (name) {
      case "user" -> Principal.Kind.USER;
      case "service_principal" -> Principal.Kind.SERVICE_PRINCIPAL;
      default -> throw ApiError.badRequest("kind must be user or service_principal.");
    };
  }
}
