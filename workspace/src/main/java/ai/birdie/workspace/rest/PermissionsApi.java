package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Grants;
import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Privilege;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.catalog.Metastore;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What has been granted on a securable of Unity Catalog: there, or also on what it is in. */
final class PermissionsApi {
  private final Metastore metastore;
  private final Grants grants;

  PermissionsApi(Metastore metastore) {
    this.metastore = metastore;
    this.grants = metastore.grants();
  }

  /** Answers {@code permissions/{type}/{name}}. */
  void answer(Call call, List<String> path, Principal principal) throws IOException {
    Securable on = securable(call, path, principal);
    switch (call.method()) {
      case "GET" -> {
        requireMayRead(call, principal, on);
        call.answer(200, assignments(on, asked(call)));
      }
      case "PATCH" -> {
        UnityCatalogApi.require(metastore.access().missingToManage(principal, on));
        change(call.json().path("changes"), on);
        call.answer(200, assignments(on, Optional.empty()));
      }
      default -> throw Server.noSuchPath(call);
    }
  }

  /** Answers {@code effective-permissions/{type}/{name}}. */
  void answerEffective(Call call, List<String> path, Principal principal) throws IOException {
    Securable on = securable(call, path, principal);
    if (!call.method().equals("GET")) {
      throw Server.noSuchPath(call);
    }
    requireMayRead(call, principal, on);
    call.answer(200, effective(on, asked(call)));
  }

  private Securable securable(Call call, List<String> path, Principal principal) {
    if (path.size() != 2) {
      throw Server.noSuchPath(call);
    }
    String type = path.getFirst().toUpperCase(Locale.ROOT);
    Securable.Kind kind =
        Arrays.stream(Securable.Kind.values())
            .filter(each -> each.name().equals(type))
            .findFirst()
            .orElseThrow(() ->
                ApiError.badRequest("SECURABLETYPE " + type + " is not a valid securable type."));
    Securable named = UnityCatalogApi.named(kind, path.get(1));
    if (kind != Securable.Kind.METASTORE) {
      requireExists(principal, named);
    }
    return metastore.asItIs(named);
  }

  /** Whoever does not see what is above is not told whether there is anything below. */
  private void requireExists(Principal principal, Securable named) {
    for (Securable parent : named.parents().reversed()) {
      UnityCatalogApi.requireVisible(metastore, principal, parent);
    }
    if (!metastore.exists(named)) {
      throw ApiError.doesNotExist(named);
    }
  }

  private void requireMayRead(Call call, Principal principal, Securable on) {
    Optional<String> asked = asked(call);
    asked
        .filter(name -> !metastore.principals().isGrantee(name, on))
        .ifPresent(name -> {
          throw ApiError.principalDoesNotExist(name);
        });
    boolean ofItself =
        asked.filter(metastore.principals().identities(principal)::contains).isPresent();
    if (!ofItself) {
      UnityCatalogApi.require(metastore.access().missingToManage(principal, on));
    }
  }

  private static Optional<String> asked(Call call) {
    return Optional.ofNullable(call.query().get("principal")).filter(name -> !name.isEmpty());
  }

  private Map<String, Object> assignments(Securable on, Optional<String> asked) {
    List<Object> assignments = new ArrayList<>();
    for (String grantee : grants.granteesOn(on)) {
      if (asked.isEmpty() || asked.get().equals(grantee)) {
        assignments.add(
            Map.of(
                "principal",
                grantee,
                "privileges",
                grants.of(grantee, on).stream().sorted().toList()));
      }
    }
    return assignments.isEmpty() ? Map.of() : Map.of("privilege_assignments", assignments);
  }

  private Map<String, Object> effective(Securable on, Optional<String> asked) {
    List<Securable> levels = new ArrayList<>(List.of(on));
    levels.addAll(on.parents());
    SortedMap<String, List<Object>> byGrantee = new TreeMap<>();
    for (Securable level : levels) {
      for (String grantee : grants.granteesOn(level)) {
        if (asked.isEmpty() || asked.get().equals(grantee)) {
          List<Object> privileges = byGrantee.computeIfAbsent(grantee, g -> new ArrayList<>());
          grants.of(grantee, level).stream()
              .sorted()
              .forEach(privilege -> privileges.add(effective(privilege, level, on)));
        }
      }
    }
    List<Object> assignments = new ArrayList<>();
    byGrantee.forEach((grantee, privileges) ->
        assignments.add(Map.of("principal", grantee, "privileges", privileges)));
    return assignments.isEmpty() ? Map.of() : Map.of("privilege_assignments", assignments);
  }

  private static Map<String, Object> effective(Privilege privilege, Securable from, Securable on) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("privilege", privilege.name());
    if (!from.equals(on)) {
      shown.put("inherited_from_type", from.kind().name());
      shown.put("inherited_from_name", from.fullName());
    }
    return shown;
  }

  /** All changes are looked at before the first is made. */
  private void change(JsonNode changes, Securable on) {
    List<Runnable> checked = new ArrayList<>();
    for (JsonNode change : changes) {
      String grantee = change.path("principal").asText();
      if (!metastore.principals().isGrantee(grantee, on)) {
        throw ApiError.principalDoesNotExist(grantee);
      }
      for (JsonNode privilege : change.path("remove")) {
        Privilege removed = privilege(privilege.asText(), on);
        checked.add(() -> grants.revoke(grantee, removed, on));
      }
      for (JsonNode privilege : change.path("add")) {
        Privilege added = privilege(privilege.asText(), on);
        checked.add(() -> grants.grant(grantee, added, on));
      }
    }
    checked.forEach(Runnable::run);
  }

  private static Privilege privilege(String name, Securable on) {
    return Privilege.named(name, on)
        .orElseThrow(() ->
            ApiError.badRequest(
                "Privilege "
                    + name
                    + " is not applicable to this entity ["
                    + on.fullName()
                    + ":"
                    + on.kind()
                    + "]."));
  }
}
