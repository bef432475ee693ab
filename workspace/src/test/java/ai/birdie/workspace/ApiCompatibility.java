package ai.birdie.workspace;

import static ai.birdie.workspace.Calls.calls;
import static ai.birdie.workspace.Calls.execute;
import static ai.birdie.workspace.Calls.get;

import java.util.List;
import java.util.stream.Stream;

/** The rows of the compatibility table on the API. */
final class ApiCompatibility {
  private static final String GRANT = "grant_type=client_credentials&scope=all-apis";
  private static final String RESULT = "/api/2.0/sql/statements/{statement_id}/result/chunks/";
  private static final String STATEMENT = "/api/2.0/sql/statements/{statement_id}";
  private static final String ENDLESS =
      "SELECT count(*) FROM range(1000000000000) WHERE hash(id) = 1";

  private ApiCompatibility() {}

  static List<Compatibility> rows() {
    return Stream.of(
            authentication(),
            warehouses(),
            statements(),
            results(),
            sessionsAndHistory(),
            unityCatalog())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Compatibility> authentication() {
    return List.of(
        calls("POST /oidc/v1/token, the secret in the header")
            .thenAskForAToken(client -> client.credentials().clientSecret(), GRANT)
            .has("/token_type", "Bearer")
            .has("/expires_in", "3600")
            .same(),
        calls("the access token")
            .thenAskForAToken(client -> client.credentials().clientSecret(), GRANT)
            .has("/access_token")
            .different("a JSON Web Token, but nobody can verify its signature"),
        calls("POST /oidc/v1/token with a wrong secret")
            .thenAskForAToken(client -> "wrong", GRANT)
            .answers(401)
            .has("/error", "invalid_client")
            .has("/error_description")
            .same(),
        calls("POST /oidc/v1/token grant_type=password")
            .thenAskForAToken(client -> client.credentials().clientSecret(), "grant_type=password")
            .answers(400)
            .has("/error", "unsupported_grant_type")
            .same(),
        calls("GET /oidc/.well-known/oauth-authorization-server")
            .thenGetOpenly("/oidc/.well-known/oauth-authorization-server")
            .has("/token_endpoint")
            .same(),
        calls("GET /oidc/.well-known/openid-configuration")
            .thenGetOpenly("/oidc/.well-known/openid-configuration")
            .has("/issuer")
            .same(),
        calls("GET /.well-known/databricks-config")
            .thenGetOpenly("/.well-known/databricks-config")
            .has("/oidc_endpoint")
            .same(),
        calls("GET /oidc/v1/authorize")
            .thenGetOpenly("/oidc/v1/authorize")
            .missing("there are no logins by browser"),
        calls("GET /oidc/jwks.json").thenGetOpenly("/oidc/jwks.json").missing(""),
        calls("any call without a credential")
            .thenGetOpenly("/api/2.0/sql/warehouses")
            .answers(401)
            .has("/error_code", "401")
            .same(),
        calls("any call with a wrong token")
            .thenGetAs(client -> "wrong", "/api/2.0/sql/warehouses")
            .answers(403)
            .has("/error_code", "403")
            .has("/message", "Invalid access token.")
            .same(),
        get("/api/2.0/preview/scim/v2/Me").has("/userName").has("/id").same(),
        get("/api/2.0/preview/scim/v2/Users").missing("use `/local/principals`"),
        get("/api/2.0/workspace/get-status?path=/").has("/object_type", "DIRECTORY").same());
  }

  private static List<Compatibility> warehouses() {
    return List.of(
        get("/api/2.0/sql/warehouses").has("/warehouses/0/id").same(),
        get("/api/2.0/sql/warehouses/{warehouse_id}").has("/state").has("/odbc_params/path").same(),
        get("/api/2.0/sql/warehouses/0123456789abcdef")
            .answers(404)
            .has("/error_code", "RESOURCE_DOES_NOT_EXIST")
            .same(),
        calls("POST /api/2.0/sql/warehouses/{warehouse_id}/start")
            .thenPost("/api/2.0/sql/warehouses/{warehouse_id}/start", "")
            .answers(200)
            .same(),
        calls("POST /api/2.0/sql/warehouses/{warehouse_id}/stop, then a statement")
            .thenPost("/api/2.0/sql/warehouses/{warehouse_id}/stop", "")
            .thenExecute("SELECT 1")
            .has("/status/state", "SUCCEEDED")
            .same(),
        calls("POST /api/2.0/sql/warehouses")
            .thenPost("/api/2.0/sql/warehouses", "{}")
            .missing("there is one warehouse"),
        get("/api/2.0/permissions/warehouses/{warehouse_id}").has("/access_control_list").same(),
        get("/api/2.0/permissions/warehouses/{warehouse_id}/permissionLevels").missing(""));
  }

  private static List<Compatibility> statements() {
    return List.of(
        execute("SELECT 1").has("/result/data_array/0/0", "1").same(),
        execute(ENDLESS, "wait_timeout=5s", "on_wait_timeout=CANCEL")
            .has("/status/state", "CANCELED")
            .same(),
        execute("SELECT 1", "wait_timeout=3s").answers(400).same(),
        execute("SELECT 1", "session_id=01ef", "catalog=main").answers(400).same(),
        execute("SELECT 1", "warehouse_id=0123456789abcdef").answers(404).same(),
        execute(" ").answers(400).called("an empty statement").same(),
        execute("SELECT 1 / 0")
            .answers(200)
            .has("/status/state", "FAILED")
            .has("/status/error/error_code", "BAD_REQUEST")
            .has("/status/sql_state", "22012")
            .called("a statement that fails")
            .same(),
        calls("POST /api/2.0/sql/statements, not JSON")
            .thenPost("/api/2.0/sql/statements", "{")
            .answers(400)
            .has("/error_code", "MALFORMED_REQUEST")
            .same(),
        calls("GET " + STATEMENT)
            .thenExecute("SELECT 1")
            .thenGet(STATEMENT)
            .has("/status/state", "SUCCEEDED")
            .same(),
        get("/api/2.0/sql/statements/01ef0000-0000-0000-0000-000000000000")
            .answers(404)
            .has("/error_code", "NOT_FOUND")
            .same(),
        calls("POST " + STATEMENT + "/cancel")
            .thenExecute(ENDLESS, "wait_timeout=0s")
            .thenPost(STATEMENT + "/cancel", "")
            .answers(200)
            .lacks("/status")
            .same(),
        calls("DELETE " + STATEMENT)
            .thenExecute("SELECT 1")
            .thenDelete(STATEMENT)
            .answers(200)
            .same());
  }

  private static List<Compatibility> results() {
    return List.of(
        execute("SELECT id FROM range(9)", "row_limit=7")
            .has("/manifest/total_row_count", "7")
            .has("/manifest/truncated", "true")
            .same(),
        execute("SELECT id FROM range(9)", "byte_limit=10")
            .has("/manifest/truncated", "true")
            .same(),
        execute("SELECT repeat('x', 27000000)")
            .has("/status/state", "FAILED")
            .called("more than 25 MiB with disposition=INLINE")
            .same(),
        execute("SELECT 1", "disposition=INLINE", "format=ARROW_STREAM").answers(400).same(),
        execute("SELECT 1", "disposition=EXTERNAL_LINKS", "format=JSON_ARRAY")
            .has("/result/external_links/0/external_link")
            .same(),
        execute("SELECT 1", "disposition=EXTERNAL_LINKS", "format=CSV")
            .has("/result/external_links/0/external_link")
            .same(),
        execute("SELECT 1", "disposition=EXTERNAL_LINKS", "format=ARROW_STREAM")
            .has("/result/external_links/0/expiration")
            .same(),
        execute(
                "SELECT 1",
                "disposition=EXTERNAL_LINKS",
                "format=ARROW_STREAM",
                "result_compression=LZ4_FRAME")
            .has("/manifest/result_compression", "LZ4_FRAME")
            .same(),
        execute("SELECT 1", "disposition=INLINE_OR_EXTERNAL_LINKS", "format=ARROW_STREAM")
            .has("/result/attachment")
            .different("a small result of more than one chunk comes behind links"),
        calls("GET " + RESULT + "1")
            .thenExecute(
                "SELECT id FROM range(1000)", "disposition=EXTERNAL_LINKS", "format=ARROW_STREAM")
            .thenGet(RESULT + "1")
            .has("/external_links/0/chunk_index", "1")
            .same(),
        calls("GET " + RESULT + "9999")
            .thenExecute("SELECT 1")
            .thenGet(RESULT + "9999")
            .answers(404)
            .same());
  }

  private static List<Compatibility> sessionsAndHistory() {
    return List.of(
        calls("POST /api/2.0/sql/sessions")
            .thenPost("/api/2.0/sql/sessions", "{\"warehouse_id\": \"{warehouse_id}\"}")
            .has("/session_id")
            .same(),
        calls("DELETE /api/2.0/sql/sessions/{session_id}")
            .thenPost("/api/2.0/sql/sessions", "{\"warehouse_id\": \"{warehouse_id}\"}")
            .thenDelete("/api/2.0/sql/sessions/{session_id}?warehouse_id={warehouse_id}")
            .answers(200)
            .same(),
        get("/api/2.0/sql/history/queries?max_results=1")
            .has("/res/0/query_id")
            .has("/res/0/query_tags")
            .has("/next_page_token")
            .same(),
        get("/api/2.0/sql/history/queries?max_results=1&include_metrics=true")
            .lacks("/res/0/metrics")
            .different("no metrics"),
        get("/api/2.1/jobs/list").missing("only what SQL clients need is served"));
  }

  private static List<Compatibility> unityCatalog() {
    String in = "/api/2.1/unity-catalog/";
    String table = "main.compatibility.t";
    return List.of(
        get(in + "catalogs").has("/catalogs/0/name").same(),
        get(in + "catalogs/main").has("/owner").same(),
        get(in + "schemas?catalog_name=main").has("/schemas/0/full_name").same(),
        get(in + "schemas/main.compatibility").has("/catalog_name", "main").same(),
        get(in + "tables?catalog_name=main&schema_name=compatibility&max_results=1")
            .has("/tables/0/columns")
            .has("/next_page_token")
            .same(),
        get(in + "tables/" + table).has("/columns/0/type_json").same(),
        get(in + "tables/main.compatibility.nothing")
            .answers(404)
            .has("/error_code", "TABLE_DOES_NOT_EXIST")
            .same(),
        get(in + "permissions/table/" + table).answers(200).same(),
        get(in + "effective-permissions/table/" + table).answers(200).same(),
        get(in + "privilege-assignments/table/" + table).missing("use `permissions`"),
        get(in + "tables/" + table + "/exists").missing("use `tables/{name}`"),
        get(in + "table-summaries?catalog_name=main").missing("use `tables`"),
        get(in + "functions?catalog_name=main&schema_name=compatibility")
            .missing("use `SHOW FUNCTIONS`"),
        get(in + "volumes?catalog_name=main&schema_name=compatibility").missing(""),
        get(in + "metastore_summary").missing(""));
  }
}
