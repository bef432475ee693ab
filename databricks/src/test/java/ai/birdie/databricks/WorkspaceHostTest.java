package ai.birdie.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.ConfigException;
import ai.birdie.databricks.network.AllowedHosts;
import ai.birdie.databricks.network.Network;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkspaceHostTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://dbc-a1b2345c-d6e7.cloud.databricks.com",
        "https://DBC-A1B2345C-D6E7.cloud.databricks.com/",
        "https://adb-1234567890123456.7.azuredatabricks.net",
        "https://adb-1234567890123456.7.azuredatabricks.net:443",
        "https://1234567890123456.7.gcp.databricks.com",
        "https://dbc-a1.cloud.databricks.us",
        "https://dbc-a1.cloud.databricks.mil",
        "https://adb-1.2.databricks.azure.us",
        "https://adb-1.2.databricks.azure.cn",
      })
  void takesAWorkspace(String url) {
    WorkspaceHost host = WorkspaceHost.of(url);
    assertThat(host.isLocal()).isFalse();
    assertThat(host.uri().toString()).isEqualTo("https://" + host.name());
    assertThat(host.name()).isLowerCase().doesNotContain("/", ":");
  }

  @Test
  void takesWhatAnAdministratorAllowsByHttpsAlone() {
    AllowedHosts allowed = AllowedHosts.of("lake.example.com,.azuredatabricks.net");
    assertThat(WorkspaceHost.of("https://lake.example.com", allowed).network())
        .isEqualTo(Network.PRIVATE);
    assertThat(WorkspaceHost.of("https://adb-1.2.azuredatabricks.net", allowed).network())
        .isEqualTo(Network.PRIVATE);
    assertThat(WorkspaceHost.of("https://dbc-a1.cloud.databricks.com", allowed).network())
        .isEqualTo(Network.PUBLIC);
    for (String url :
        List.of(
            "http://lake.example.com",
            "https://lake.example.com:8443",
            "https://lake.example.com@evil.com",
            "https://user@lake.example.com",
            "https://lake.example.com.",
            "https://x.lake.example.com",
            "https://10.0.0.1")) {
      assertThatThrownBy(() -> WorkspaceHost.of(url, allowed)).isInstanceOf(ConfigException.class);
    }
    assertThatThrownBy(() -> WorkspaceHost.of("https://lake.example.com"))
        .isInstanceOf(ConfigException.class);
  }

  @ParameterizedTest
  @MethodSource("ai.birdie.testkit.HostileAddresses#hosts")
  void refusesWhatIsNoWorkspaceWithoutRepeatingIt(String url) {
    for (boolean local : new boolean[] {true, false}) {
      if (local && url.matches("http://(127.0.0.1|localhost|\\[::1]):[0-9]+")) {
        continue;
      }
      assertThatThrownBy(() -> host(url, local))
          .isInstanceOf(ConfigException.class)
          .hasMessageNotContaining("canary")
          .hasNoCause()
          .satisfies(e -> assertThat(((BirdieException) e).remedy()).isPresent());
    }
  }

  private static WorkspaceHost host(String url, boolean local) {
    return local ? WorkspaceHost.local(url) : WorkspaceHost.of(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8080", "http://localhost:1/", "http://[::1]:65535"})
  void takesThisMachineWhereThatIsAskedFor(String url) {
    assertThat(WorkspaceHost.local(url).isLocal()).isTrue();
    assertThatThrownBy(() -> WorkspaceHost.of(url)).isInstanceOf(ConfigException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:1",
        "http://127.0.0.1",
        "http://127.0.0.1:0",
        "http://127.0.0.2:80",
        "http://0.0.0.0:80",
        "http://10.0.0.1:80",
        "http://[::]:80",
        "http://localhost.evil.com:80",
        "http://a@localhost:80",
        "http://localhost:80/x",
        "http://2130706433:80",
      })
  void refusesOtherMachinesAsLocal(String url) {
    assertThatThrownBy(() -> WorkspaceHost.local(url)).isInstanceOf(ConfigException.class);
  }

  @Test
  void showsNoSecret() {
    Secret secret = Secret.of("canary-1");
    WorkspaceConnection connection =
        new WorkspaceConnection(
            WorkspaceHost.of("https://a.cloud.databricks.com"),
            "a1b2",
            new Credentials.OAuth("id", secret));
    assertThat(connection.toString()).contains("***").doesNotContain("canary");
    assertThat(new Credentials.PersonalAccessToken(secret).toString()).doesNotContain("canary");
    assertThat(Secret.of("canary-1")).isNotEqualTo(secret);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a/b", "a b", "a?b", "%2e"})
  void refusesAWarehouseIdThatWouldLeadElsewhere(String id) {
    assertThatThrownBy(() ->
            new WorkspaceConnection(
                WorkspaceHost.of("https://a.cloud.databricks.com"),
                id,
                new Credentials.PersonalAccessToken(Secret.of("x"))))
        .isInstanceOf(ConfigException.class);
  }
}
