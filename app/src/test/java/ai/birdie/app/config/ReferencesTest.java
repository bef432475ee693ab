package ai.birdie.app.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.databricks.Credentials;
import ai.birdie.databricks.DatabricksWorkspace;
import ai.birdie.databricks.Surroundings;
import ai.birdie.databricks.WorkspaceConnection;
import ai.birdie.databricks.WorkspaceHost;
import ai.birdie.testkit.FakeWorkspace;
import ai.birdie.testkit.FakeWorkspace.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that stand elsewhere: in the environment, or in a file. */
class ReferencesTest {

  private static final String CLIENT_ID = "/connection_details/auth/client_id";
  private static final String SECRET = "/connection_details/auth/client_secret";

  @TempDir Path folder;

  @Test
  void variablesAreReplacedEverywhere() {
    Sample sample =
        Sample.oauth()
            .withText("/connection_details/host", "${HOST}")
            .withText("/connection_details/warehouse_id", "${WAREHOUSE}")
            .withText(CLIENT_ID, "${_id1}")
            .withText("/data_source/table", "${TABLE}")
            .withText("/metadata/data_kind", "${KINDS}")
            .withText("/ingestion/lag", "${LAG}")
            .withText("/ingestion/start", "${START}")
            .withText("/ingestion/cursor_zone", "${ZONE}")
            .with("/ingestion/key", "['${KEY}']");
    Map<String, String> environment =
        Map.of(
            "HOST", "https://dbc-9.cloud.databricks.com",
            "WAREHOUSE", "w9",
            "_id1", "id9",
            "TABLE", "t9",
            "KINDS", "Account",
            "LAG", "PT9H",
            "START", "2026-09-09",
            "ZONE", "UTC",
            "KEY", "k9");

    Connection connection = valid(sample, environment);

    assertThat(connection.workspace().host().name()).isEqualTo("dbc-9.cloud.databricks.com");
    assertThat(connection.workspace().warehouseId()).isEqualTo("w9");
    assertThat(connection.workspace().credentials())
        .isInstanceOfSatisfying(
            Credentials.OAuth.class, oauth -> assertThat(oauth.clientId()).isEqualTo("id9"));
    assertThat(connection.table().table()).isEqualTo("t9");
    assertThat(connection.feeds())
        .singleElement()
        .satisfies(feed -> {
          assertThat(feed.kind().id()).isEqualTo("account");
          assertThat(feed.lag()).hasHours(9);
          assertThat(feed.key()).containsExactly("k9");
        });
  }

  @Test
  void filesLieBesideTheConnectionFileAndLoseOneLineBreak() throws IOException {
    Files.createDirectory(folder.resolve("secrets"));
    for (String end : List.of("", "\n", "\r\n")) {
      Sample.write(folder.resolve("secrets/id"), "id-from-file" + end);
      Sample sample = Sample.oauth().withText(CLIENT_ID, "file:secrets/id");
      assertThat(valid(sample, Map.of()).workspace().credentials())
          .isInstanceOfSatisfying(
              Credentials.OAuth.class,
              oauth -> assertThat(oauth.clientId()).isEqualTo("id-from-file"));
    }
    Sample.write(folder.resolve("secrets/id"), "id\n\n");
    assertThat(faults(Sample.oauth().withText(CLIENT_ID, "file:secrets/id"), Map.of())).hasSize(1);
  }

  @Test
  void absolutePathsAreTakenAsTheyAre() {
    Path secret = Sample.write(folder.resolve("secret"), "s3cret\n");
    valid(Sample.oauth().withText(SECRET, "file:" + secret), Map.of());
  }

  @Test
  void aSecretInAFileIsTheOneThatTheFileHoldsWhenItIsNeeded() throws IOException {
    Path secret = Sample.write(folder.resolve("secret"), "canary-1");
    Connection connection = valid(Sample.oauth().withText(SECRET, "file:secret"), Map.of());
    try (FakeWorkspace server = new FakeWorkspace();
        DatabricksWorkspace workspace = at(server, connection.workspace().credentials())) {
      server.on(
          "POST /oidc/v1/token",
          Reply.of(200, "{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));
      Files.writeString(secret, "canary-2\n");
      workspace.authenticate();

      assertThat(server.asked("POST /oidc"))
          .extracting(asked -> asked.header("Authorization"))
          .containsExactly("Basic " + base64("fab9e00e-ca35:canary-2"));
    }
    Files.delete(secret);
    try (FakeWorkspace server = new FakeWorkspace();
        DatabricksWorkspace workspace = at(server, connection.workspace().credentials())) {
      assertThatThrownBy(workspace::authenticate)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("can no longer be read");
    }
  }

  private static DatabricksWorkspace at(FakeWorkspace server, Credentials credentials) {
    return DatabricksWorkspace.open(
        new WorkspaceConnection(WorkspaceHost.local(server.url()), "abc123", credentials),
        Surroundings.ofThisMachine(),
        RunListener.NONE);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${UNSET}",
        "${not-a-name}",
        "${}",
        "${1}",
        "file:",
        "file:missing.txt",
        "file:.",
        "file:large.txt",
        "file:latin.txt",
        "file:empty.txt",
        "file:a\u0000b",
        "${EMPTY}",
        "${SPACED}",
        "${REFERENCE}",
        "file:reference.txt"
      })
  void whatCannotBeResolvedIsOneFaultAtItsPlace(String reference) throws IOException {
    Files.write(folder.resolve("large.txt"), new byte[64 * 1024 + 1]);
    Files.write(folder.resolve("latin.txt"), new byte[] {(byte) 0xe9});
    Sample.write(folder.resolve("empty.txt"), "\n");
    Sample.write(folder.resolve("reference.txt"), "${EMPTY}");
    Map<String, String> environment =
        Map.of("EMPTY", "", "SPACED", " a b", "REFERENCE", "file:empty.txt");

    assertThat(faults(Sample.oauth().withText(SECRET, reference), environment))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.pointer()).isEqualTo(SECRET);
          assertThat(fault.line()).isEqualTo(8);
          assertThat(fault.expected()).startsWith("must ").doesNotContain(reference);
        });
  }

  @Test
  void textsOfAFixedSetAreNeverReferences() {
    Sample sample = Sample.oauth().withText("/connection_details/auth/method", "${METHOD}");
    assertThat(faults(sample, Map.of("METHOD", "oauth")))
        .singleElement()
        .extracting(Fault::expected)
        .isEqualTo("must be \"oauth\" or \"pat\"");
  }

  @Test
  void onlyWholeValuesAreReferences() {
    Sample sample =
        Sample.oauth().withText(CLIENT_ID, "a${HOME}b").withText("/data_source/table", "a file:b");
    Connection connection = valid(sample, Map.of("HOME", "/root"));
    assertThat(connection.table().table()).isEqualTo("a file:b");
  }

  @Test
  void secretsCanBeLeftWhereTheyAre() {
    ConnectionFiles files = new ConnectionFiles(Map.of(), HostRule.PUBLIC).withoutSecrets();
    for (String reference : List.of("${UNSET}", "file:missing")) {
      files.read(Sample.oauth().withText(SECRET, reference).in(folder));
      files.read(
          Sample.pat()
              .withText("/connection_details/auth/personal_access_token", reference)
              .in(folder));
    }
    assertThat(files.reading(Sample.oauth().withText(CLIENT_ID, "${UNSET}").in(folder)))
        .isInstanceOf(Reading.Faulty.class);
  }

  private Connection valid(Sample sample, Map<String, String> environment) {
    return new ConnectionFiles(environment, HostRule.PUBLIC).read(sample.in(folder));
  }

  private List<Fault> faults(Sample sample, Map<String, String> environment) {
    Reading reading = new ConnectionFiles(environment, HostRule.PUBLIC).reading(sample.in(folder));
    return switch (reading) {
      case Reading.Faulty(List<Fault> faults) -> faults;
      case Reading.Valid _ -> List.of();
    };
  }
}
