package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Securable;
import java.util.Map;

/** An error on the level of HTTP, in Databricks' shape. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Object body;
  private final transient Map<String, String> headers;

  private ApiError(int status, Object body, Map<String, String> headers) {
    super(String.valueOf(body));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }

  static ApiError of(int status, String errorCode, String message) {
    return new ApiError(status, Map.of("error_code", errorCode, "message", message), Map.of());
  }

  static ApiError badRequest(String message) {
    return of(400, "INVALID_PARAMETER_VALUE", message);
  }

  static ApiError notFound(String message) {
    return of(404, "NOT_FOUND", message);
  }

  static ApiError permissionDenied(String message) {
    return of(403, "PERMISSION_DENIED", message);
  }

  /** Unity Catalog has a code for each sort of securable. */
  static ApiError doesNotExist(Securable securable) {
    return of(
        404,
        (securable.kind() == Securable.Kind.VIEW ? Securable.Kind.TABLE : securable.kind())
            + "_DOES_NOT_EXIST",
        securable.described() + " does not exist.");
  }

  static ApiError principalDoesNotExist(String name) {
    return of(404, "PRINCIPAL_DOES_NOT_EXIST", "Could not find principal with name " + name + ".");
  }

  /** Databricks' gateway uses numbers for these two. */
  static ApiError noCredential() {
    String message = "Credential was not sent or was of an unsupported type for this API.";
    return new ApiError(
        401,
        Map.of("error_code", 401, "message", message),
        Map.of(
            "x-databricks-reason-phrase",
            message,
            "www-authenticate",
            "Bearer realm=\"DatabricksRealm\""));
  }

  static ApiError invalidToken() {
    String message = "Invalid access token.";
    return new ApiError(
        403,
        Map.of("error_code", 403, "message", message),
        Map.of("x-databricks-reason-phrase", message));
  }

  static ApiError oauth(int status, String error, String description) {
    return new ApiError(status, Map.of("error", error, "error_description", description), Map.of());
  }

  int status() {
    return status;
  }

  Object body() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }
}
