package ai.birdie.workspace.rest;

import java.io.IOException;
import java.util.Map;

/**
 * The tree of notebooks, as far as there is one: its root, which clients ask for to see if they
 * may.
 */
final class WorkspaceApi {
  private WorkspaceApi() {}

  static void answer(Call call) throws IOException {
    if (!call.method().equals("GET")) {
      throw Server.noSuchPath(call);
    }
    String path = call.query().getOrDefault("path", "");
    if (path.isEmpty()) {
      throw ApiError.badRequest("Path is required.");
    }
    if (!path.equals("/")) {
      throw ApiError.of(404, "RESOURCE_DOES_NOT_EXIST", "Path (" + path + ") doesn't exist.");
    }
    call.answer(200, Map.of("object_type", "DIRECTORY", "path", "/", "object_id", 0));
  }
}
