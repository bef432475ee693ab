package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Principals;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Users and service principals, as far as it is the one who asks. */
final class ScimApi {
  private final Principals principals;

  ScimApi(Principals principals) {
    this.principals = principals;
  }

  void answer(Call call, List<String> path, Principal principal) throws IOException {
    if (!call.method().equals("GET") || !path.equals(List.of("v2", "Me"))) {
      throw Server.noSuchPath(call);
    }
    call.answer(200, me(principal));
  }

  private Map<String, Object> me(Principal principal) {
    Map<String, Object> me = new LinkedHashMap<>();
    me.put("schemas", List.of("urn:ietf:params:scim:schemas:core:2.0:User"));
    me.put("id", id(principal));
    me.put("userName", principal.name());
    me.put("displayName", principal.displayName());
    me.put("active", true);
    if (principal.name().contains("@")) {
      me.put("emails", List.of(Map.of("type", "work", "value", principal.name(), "primary", true)));
    }
    me.put("groups", groups(principal));
    return me;
  }

  private List<Map<String, String>> groups(Principal principal) {
    return principals.identities(principal).stream()
        .filter(principals::isGroup)
        .map(group -> Map.of("display", group, "type", "direct"))
        .toList();
  }

  /** A number, the same at each call. */
  static String id(Principal principal) {
    long bits =
        UUID.nameUUIDFromBytes(principal.name().getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .getMostSignificantBits();
    return Long.toString(bits >>> 12);
  }
}
