package ai.birdie.databricks.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedHostsTest {

  @Test
  void includesNamesAndWhatEndsInASuffix() {
    AllowedHosts hosts = AllowedHosts.of("storage.example.com, .link.example.org");
    assertThat(hosts.includes("storage.example.com")).isTrue();
    assertThat(hosts.includes("a.link.example.org")).isTrue();
    assertThat(hosts.includes("a.b.link.example.org")).isTrue();
    for (String other :
        new String[] {
          "a.storage.example.com",
          "storage.example.com.evil.com",
          "storage.example.com.",
          "link.example.org",
          ".link.example.org",
          "xlink.example.org",
          "a..link.example.org",
          "a.link.example.org.",
          "",
          "10.0.0.1"
        }) {
      assertThat(hosts.includes(other)).as(other).isFalse();
    }
  }

  @Test
  void includesNothingByItself() {
    assertThat(AllowedHosts.of("").includes("a.example.com")).isFalse();
    assertThat(AllowedHosts.of(" ").includes("")).isFalse();
    assertThat(AllowedHosts.NONE.includes("a.example.com")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        ".com",
        "localhost",
        "*",
        "*.example.com",
        "10.0.0.1",
        ".0.0.1",
        "[::1]",
        "https://a.example.com",
        "a.example.com:443",
        "a.example.com/x",
        "A.example.com",
        "a_b.example.com",
        "a.example.com.",
        "a.example.com b.example.com",
        ","
      })
  void refusesWhatIsNoHost(String entry) {
    assertThatThrownBy(() -> AllowedHosts.of("a.example.com," + entry))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("BIRDIE_ALLOW_HOSTS")
        .hasMessageContaining("number 2");
  }
}
