package ai.birdie.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.ConfigException;
import java.util.ArrayList;
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

  static List<String> hostile() {
    String good = "dbc-a1.cloud.databricks.com";
    List<String> urls = new ArrayList<>();
    for (String scheme : List.of("http", "ftp", "file", "jar", "javascript", "gopher", "ws", "")) {
      urls.add(scheme + "://" + good);
    }
    for (String name :
        List.of(
            "cloud.databricks.com",
            ".cloud.databricks.com",
            "evilcloud.databricks.com",
            "evil-cloud.databricks.com.x",
            good + ".",
            good + ".evil.com",
            good + ".x",
            "dbc-a1.cloud.databricks.com@evil.com",
            "evil.com#" + good,
            "evil.com?" + good,
            "evil.com/" + good,
            "evil.com\\" + good,
            "evil.com\\@" + good,
            good + "\\@evil.com",
            "user@" + good,
            "user:canary-pass@" + good,
            "@" + good,
            ":@" + good,
            "-dbc." + "cloud.databricks.com",
            "dbc-.cloud.databricks.com",
            "dbc_a.cloud.databricks.com",
            "dbc..cloud.databricks.com",
            "*.cloud.databricks.com",
            "%64bc.cloud.databricks.com",
            "dbc%00.cloud.databricks.com",
            "dbc%2e.cloud.databricks.com",
            "evil.com%2f.cloud.databricks.com",
            "evil.com%23.cloud.databricks.com",
            "dbc .cloud.databricks.com",
            "dbc\t.cloud.databricks.com",
            "dbc\n.cloud.databricks.com",
            "dbc\r\nHost: evil.com.cloud.databricks.com",
            "dbc\u0000.cloud.databricks.com",
            "dbc\u3002cloud.databricks.com",
            "dbc.cloud\uff0edatabricks.com",
            "dbc.cloud.databrick\u0455.com",
            "d\u00f6c.cloud.databricks.com",
            "xn--dc-fka.cloud.databricks.com.evil",
            "dbc.cloud.databricks.co",
            "dbc.cloud.databricks.com.au",
            "dbc.cloud.databricks.org",
            "dbc.dev.databricks.com",
            "dbc.staging.cloud.databricks.com.evil.com",
            "dbc.dev.azuredatabricks.net.evil.com",
            "accounts.databricks.com",
            "databricks.com",
            "azuredatabricks.net",
            "adb-1.azuredatabricks.com",
            "adb-1.azuredatabricks.net.cn",
            "adb-1.xazuredatabricks.net.evil",
            "gcp.databricks.com",
            "1.gcp.databricks.com.evil",
            "127.0.0.1",
            "127.1",
            "0.0.0.0",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "169.254.169.254",
            "[::1]",
            "[::ffff:169.254.169.254]",
            "[fd00::1]",
            "metadata.google.internal",
            "localhost",
            "localhost.cloud.databricks.com.localhost",
            good + ":80",
            good + ":8443",
            good + ":0",
            good + ":-1",
            good + ":65536",
            good + ":443:443",
            good + ":00443",
            good + ":443a",
            good + ": 443",
            good + "/path",
            good + "//",
            good + "/..",
            good + "/;x",
            good + "/?x",
            good + "?",
            good + "?o=123",
            good + "#",
            good + "#x",
            good + " ",
            " " + good,
            "a".repeat(64) + ".cloud.databricks.com",
            "a.".repeat(120) + "cloud.databricks.com",
            "")) {
      urls.add("https://" + name);
    }
    urls.addAll(
        List.of(
            "",
            " ",
            good,
            "//" + good,
            "https:" + good,
            "https:/" + good,
            "https:///" + good,
            "https:////" + good,
            "https:\\\\" + good,
            "https//" + good,
            " https://" + good,
            "https ://" + good,
            "https://" + good + "\u0000",
            "https://" + good + "\u202e",
            "https://https://" + good,
            "url:https://" + good,
            "canary-secret"));
    return urls;
  }

  @Test
  void knowsManyHostileHosts() {
    assertThat(hostile()).hasSizeGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource("hostile")
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
