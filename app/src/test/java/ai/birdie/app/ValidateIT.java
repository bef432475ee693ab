package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace.Lake;
import ai.birdie.app.config.Connection;
import ai.birdie.app.config.ConnectionFiles;
import ai.birdie.app.config.HostRule;
import ai.birdie.app.grants.GrantScript;
import ai.birdie.app.local.WorkspaceAccess;
import ai.birdie.app.validate.Check;
import ai.birdie.app.validate.Check.Verdict;
import ai.birdie.app.validate.Validation;
import ai.birdie.core.error.AccessException;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Source;
import ai.birdie.databricks.DatabricksWorkspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Least privilege, both ways, by what an administrator would do who follows what is printed. */
@ExtendWith(SharedWorkspace.class)
class ValidateIT {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String LEAST = "least privilege";

  @TempDir private Path folder;

  private final String schema = "validate_" + NUMBER.incrementAndGet();
  private final Lake lake;

  ValidateIT(Lake lake) {
    this.lake = lake;
  }

  @BeforeEach
  void createATable() {
    lake.sql().run("CREATE SCHEMA main." + schema);
    lake.sql()
        .run(
            "CREATE TABLE main.%s.reviews AS SELECT concat('r-', id) AS feedback_id, 'x' AS text,"
                    .formatted(schema)
                + " timestamp_micros(1760000000000000 + id) AS updated_at,"
                + " timestamp_micros(0) AS posted_at FROM range(10)");
  }

  @Test
  void whatGrantsPrintsIsEnoughAndNothingMore() {
    Path file = connect("main", "reviews", servicePrincipal());

    Answer grants = Birdie.run("grants", "--local", "--json", file.toString());
    JsonMapper.shared()
        .readTree(grants.out())
        .path("statements")
        .forEach(sql -> lake.sql().run(sql.asString()));

    Answer answer = Birdie.run("validate", "--local", file.toString());
    assertThat(answer.code()).as(answer.out()).isZero();
    assertThat(answer.out())
        .contains("pass     catalog: USE CATALOG on catalog main is granted")
        .contains("pass     table: main." + schema + ".reviews can be read")
        .contains("pass     least privilege: USE CATALOG, USE SCHEMA, SELECT")
        .contains("skipped  warehouse privilege: ")
        .doesNotContain("fail", "warn ");
    assertThat(answer.out().replaceAll("\\s+", " "))
        .contains("Not there, and not required: title (feedback has no titles), rating (");
    assertThat(answer.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void eachRightThatIsMissingIsNamedAtItsLevelUntilNoneIs() {
    Path file = connect("main", "reviews", servicePrincipal());
    for (String level : List.of("catalog", "schema", "table")) {
      List<Check> checks = validate(file);
      Check failed = failed(checks);
      assertThat(failed.name()).isEqualTo(level);
      assertThat(failed.failure()).containsInstanceOf(AccessException.class);
      assertThat(checks).filteredOn(check -> check.name().equals(LEAST)).hasSize(1);
      follow(failed);
    }
    assertThat(verdicts(validate(file), LEAST)).containsExactly(Verdict.PASS);
  }

  @Test
  void everyRightThatIsTooMuchIsNamedAndCanBeTakenAway() {
    WorkspaceAccess access = servicePrincipal("auditors " + schema);
    Path file = connect("main", "reviews", access);
    grant("ALL PRIVILEGES ON CATALOG main", access.clientId());
    grant("SELECT ON SCHEMA main." + schema, access.clientId());
    grant("CREATE TABLE ON SCHEMA main." + schema, access.clientId());
    grant("MODIFY, MANAGE ON TABLE main." + schema + ".reviews", access.clientId());
    grant("MODIFY ON TABLE main." + schema + ".reviews", "auditors " + schema);

    List<Check> surplus =
        validate(file).stream().filter(check -> check.name().equals(LEAST)).toList();

    assertThat(surplus).extracting(Check::verdict).containsOnly(Verdict.WARN);
    assertThat(surplus)
        .extracting(Check::detail)
        .satisfiesExactlyInAnyOrder(
            onTable -> assertThat(onTable).contains("has MODIFY, MANAGE on table", "more than"),
            ofGroup -> assertThat(ofGroup).startsWith("the group auditors").contains("MODIFY"),
            onSchema -> assertThat(onSchema).contains("SELECT, CREATE TABLE on schema"),
            onCatalog -> assertThat(onCatalog).contains("ALL PRIVILEGES on catalog main"));
    surplus.forEach(this::follow);
    List<Check> narrowed = validate(file);
    assertThat(verdicts(narrowed, LEAST)).as(narrowed.toString()).containsExactly(Verdict.PASS);
    assertThat(verdicts(narrowed, "table")).containsExactly(Verdict.PASS);
  }

  @Test
  void anOwnerIsWarnedOfWhatItOwns() {
    WorkspaceAccess access = servicePrincipal();
    Path file = connect("main", "reviews", access);
    grant(file, access.clientId());
    lake.sql()
        .run("ALTER TABLE main.%s.reviews OWNER TO `%s`".formatted(schema, access.clientId()));

    assertThat(validate(file))
        .filteredOn(check -> check.name().equals(LEAST))
        .singleElement()
        .satisfies(check -> assertThat(check.detail()).contains("owns the table"))
        .satisfies(check ->
            lake.sql()
                .run(
                    check
                        .remedy()
                        .orElse("")
                        .replace("<another principal>", "admin")
                        .replace(";", "")));
    assertThat(verdicts(validate(file), LEAST)).containsExactly(Verdict.PASS);
  }

  @Test
  void aGroupIsGrantedToAsAWhole() {
    String group = "readers " + schema;
    Path file = connect("main", "reviews", servicePrincipal(group));
    grant(file, group);

    List<Check> checks = validate(file);

    assertThat(verdicts(checks, LEAST)).containsExactly(Verdict.PASS);
    assertThat(checks)
        .filteredOn(check -> check.name().equals("identity"))
        .singleElement()
        .satisfies(check -> assertThat(check.detail()).contains(group));
  }

  @Test
  void aViewIsReadWithoutItsTables() {
    lake.sql()
        .run("CREATE VIEW main.%1$s.shown AS SELECT * FROM main.%1$s.reviews".formatted(schema));
    WorkspaceAccess access = servicePrincipal();
    Path file = connect("main", "shown", access);
    grant(file, access.clientId());

    assertThat(verdicts(validate(file), LEAST)).containsExactly(Verdict.PASS);
    assertThat(failed(validate(connect("main", "reviews", access))).name()).isEqualTo("table");
  }

  @Test
  void theHiveMetastoreIsGrantedOnToo() {
    lake.sql().run("CREATE SCHEMA hive_metastore." + schema);
    lake.sql()
        .run(
            "CREATE TABLE hive_metastore.%1$s.reviews AS SELECT * FROM main.%1$s.reviews"
                .formatted(schema));
    WorkspaceAccess access = servicePrincipal();
    Path file = connect("hive_metastore", "reviews", access);
    Check refused = failed(validate(file));
    assertThat(refused.name()).isEqualTo("table");
    assertThat(refused.remedy().orElse("")).contains("GRANT USAGE ON SCHEMA", "GRANT SELECT");

    grant(file, access.clientId());

    assertThat(verdicts(validate(file), "table")).containsExactly(Verdict.PASS);
    assertThat(verdicts(validate(file), LEAST)).containsExactly(Verdict.SKIPPED);
  }

  @Test
  void whatIsNotThereIsToldFromWhatMayNotBeRead() {
    WorkspaceAccess access = servicePrincipal();
    grant(connect("main", "reviews", access), access.clientId());

    Check table = failed(validate(connect("main", "no_such_table", access)));
    assertThat(table.name()).isEqualTo("table");
    assertThat(table.failure()).containsInstanceOf(ConfigException.class);
    Check catalog = failed(validate(connect("no_such_catalog", "reviews", access)));
    assertThat(catalog.name()).isEqualTo("catalog");
    assertThat(catalog.detail()).contains("no_such_catalog");
    assertThat(catalog.failure()).containsInstanceOf(ConfigException.class);
  }

  @Test
  void aWarehouseThatMayNotBeUsedSaysSo() {
    WorkspaceAccess access =
        principal(Map.of("kind", "service_principal", "can_use_warehouse", false));

    Check failed = failed(validate(connect("main", "reviews", access)));

    assertThat(failed.failure()).containsInstanceOf(AccessException.class);
    assertThat(failed.remedy().orElse(""))
        .contains("CAN USE", access.warehouseId(), access.clientId());
  }

  @Test
  void aWarehouseThatMayBeManagedIsTooMuch() {
    WorkspaceAccess access = servicePrincipal();
    send(
        "PATCH",
        "/api/2.0/permissions/warehouses/" + access.warehouseId(),
        Map.of(
            "access_control_list",
            List.of(
                Map.of(
                    "service_principal_name",
                    access.clientId(),
                    "permission_level",
                    "CAN_MANAGE"))));
    Path file = connect("main", "reviews", access);
    grant(file, access.clientId());

    assertThat(validate(file))
        .filteredOn(check -> check.name().equals("warehouse privilege"))
        .singleElement()
        .satisfies(check -> {
          assertThat(check.verdict()).isEqualTo(Verdict.WARN);
          assertThat(check.detail()).contains("CAN MANAGE");
        });
  }

  @Test
  void aTokensOwnerIsNamed() throws IOException {
    WorkspaceAccess access = principal(Map.of("kind", "user"));
    Path file = connect("main", "reviews", access);
    Files.writeString(
        file,
        Files.readString(file)
            .replaceAll("\"auth\":\\{[^}]*}", "\"auth\":" + token(access.personalAccessToken())));

    Check failed = failed(validate(file));

    assertThat(failed.name()).isEqualTo("catalog");
    assertThat(failed.remedy().orElse("")).endsWith("TO `" + access.clientId() + "`;");
  }

  @Test
  void anAdministratorIsTooMuch() throws IOException {
    Path file = connect("main", "reviews", lake.workspace().access());
    Files.writeString(
        file,
        Files.readString(file)
            .replaceAll(
                "\"auth\":\\{[^}]*}", "\"auth\":" + token(lake.workspace().access().adminToken())));

    List<Check> checks = validate(file);

    assertThat(checks)
        .filteredOn(check -> check.verdict() == Verdict.WARN && check.name().equals(LEAST))
        .extracting(Check::detail)
        .anyMatch(detail -> detail.contains("is an administrator of the workspace"));
  }

  private static String token(String token) {
    return "{\"method\":\"pat\",\"personal_access_token\":\"" + token + "\"}";
  }

  private List<Check> validate(Path file) {
    Connection connection = connection(file);
    try (App app = new App(folder, Clock.systemUTC());
        DatabricksWorkspace workspace = app.workspace(connection, RunListener.NONE);
        Source source = app.source(workspace)) {
      return new Validation(connection, workspace, source, check -> {}).run();
    }
  }

  private static Connection connection(Path file) {
    return new ConnectionFiles(Map.of(), HostRule.LOCAL).read(file);
  }

  /** The first check that failed. */
  private static Check failed(List<Check> checks) {
    return checks.stream()
        .filter(check -> check.verdict() == Verdict.FAIL)
        .findFirst()
        .orElseThrow(() -> new AssertionError("Nothing failed: " + checks));
  }

  private static List<Verdict> verdicts(List<Check> checks, String name) {
    assertThat(checks)
        .filteredOn(check -> check.name().equals("SELECT 1"))
        .extracting(Check::verdict)
        .containsExactly(Verdict.PASS);
    return checks.stream().filter(check -> check.name().equals(name)).map(Check::verdict).toList();
  }

  /** Runs the statements that a check prints. */
  private void follow(Check check) {
    check.remedy().stream()
        .flatMap(String::lines)
        .filter(line -> line.matches("(GRANT|REVOKE) .*;"))
        .forEach(sql -> lake.sql().run(sql.substring(0, sql.length() - 1)));
  }

  private void grant(String right, String principal) {
    lake.sql().run("GRANT " + right + " TO `" + principal + "`");
  }

  /** What {@code birdie grants --to} prints. */
  private void grant(Path file, String principal) {
    GrantScript.of(connection(file), principal).statements().forEach(lake.sql()::run);
  }

  private Path connect(String catalog, String table, WorkspaceAccess access) {
    Path file = Lake.connect(folder, table, "review", Map.of(), access);
    try {
      return Files.writeString(
          file,
          Files.readString(file)
              .replace("\"catalog\":\"main\"", "\"catalog\":\"" + catalog + "\"")
              .replace("\"feedback\"", "\"" + schema + "\""));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private WorkspaceAccess servicePrincipal(String... groups) {
    return principal(Map.of("kind", "service_principal", "groups", List.of(groups)));
  }

  /** A new principal with nothing granted; its name is the client id. */
  private WorkspaceAccess principal(Map<String, Object> described) {
    Map<String, Object> body = new HashMap<>(described);
    body.put("name", "someone-" + NUMBER.incrementAndGet());
    JsonNode made = send("POST", "/local/principals", body);
    WorkspaceAccess access = lake.workspace().access();
    return new WorkspaceAccess(
        access.host(),
        access.warehouseId(),
        made.path("name").asString(),
        made.path("client_secret").asString("none"),
        made.path("token").asString("none"),
        access.adminToken());
  }

  private JsonNode send(String method, String path, Map<String, Object> body) {
    WorkspaceAccess access = lake.workspace().access();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(access.host() + path))
            .header("Authorization", "Bearer " + access.adminToken())
            .method(method, BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JsonMapper.shared().readTree(answer.body());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
