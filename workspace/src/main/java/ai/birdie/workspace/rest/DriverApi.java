package ai.birdie.workspace.rest;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What the vendor's drivers ask and tell besides: which of their features are switched on, and what
 * they have been doing. Here nothing is switched on, and what they tell is forgotten.
 *
 * <p>Source: databricks-jdbc 3.4.5 and databricks-sql-connector 4.
 */
final class DriverApi {
  private static final int FLAGS_KEPT_SECONDS = 3600;

  private DriverApi() {}

  static void flags(Call call) throws IOException {
    if (!call.method().equals("GET")) {
      throw Server.noSuchPath(call);
    }
    call.answer(200, Map.of("flags", List.of(), "ttl_seconds", FLAGS_KEPT_SECONDS));
  }

  static void telemetry(Call call) throws IOException {
    if (!call.method().equals("POST")) {
      throw Server.noSuchPath(call);
    }
    var told = call.json();
    call.answer(
        200,
        Map.of(
            "errors", List.of(),
            "numSuccess", told.path("items").size(),
            "numProtoSuccess", told.path("protoLogs").size()));
  }
}
