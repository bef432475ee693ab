package ai.birdie.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.app.config.ConnectionFiles;
import ai.birdie.app.config.HostRule;
import ai.birdie.app.config.Sample;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.SourceException;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.databricks.DatabricksWorkspace;
import ai.birdie.databricks.Limits;
import ai.birdie.databricks.Surroundings;
import ai.birdie.databricks.http.LinkClient;
import ai.birdie.databricks.http.LinkHosts;
import ai.birdie.databricks.network.AllowedHosts;
import ai.birdie.testkit.HostileAddresses;
import ai.birdie.testkit.TunnelProxy;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which connections are opened, from a connection file and from a link on. Where a proxy is set, it
 * stands in the place of all sockets, since both clients go through it whatever they connect to.
 */
class OutboundTest {

  private static final String GOOD = "https://dbc-a1.cloud.databricks.com";
  private static final Predicate<String> LOCAL =
      url -> url.matches("http://(127\\.0\\.0\\.1|localhost|\\[::1])[:/].*");

  private final ProxySelector before = ProxySelector.getDefault();

  @TempDir private Path folder;

  @AfterEach
  void setBack() {
    ProxySelector.setDefault(before);
  }

  @Test
  void hostileAddressesOpenNoSocket() {
    List<String> hosts = HostileAddresses.hosts();
    List<String> links = HostileAddresses.links();
    assertThat(hosts.size() + links.size()).isGreaterThan(300);
    try (TunnelProxy proxy = TunnelProxy.to(0)) {
      ProxySelector.setDefault(proxy.selector());
      for (HostRule rule : List.of(HostRule.PUBLIC, HostRule.LOCAL)) {
        hosts.stream()
            .filter(LOCAL.negate())
            .forEach(host ->
                assertThatThrownBy(() -> authenticate(host, rule))
                    .as(host)
                    .isInstanceOf(ConfigException.class));
      }
      for (LinkHosts rule : List.of(LinkHosts.CLOUDS, LinkHosts.LOOPBACK)) {
        links.forEach(link ->
            assertThatThrownBy(() -> download(link, rule))
                .as(link)
                .isInstanceOf(SourceException.class));
      }
      assertThat(proxy.heads()).isEmpty();
    }
  }

  @Test
  void whatIsAllowedIsSeenByTheSameProxy() {
    try (TunnelProxy proxy = TunnelProxy.to(0)) {
      ProxySelector.setDefault(proxy.selector());
      assertThatThrownBy(() -> authenticate(GOOD, HostRule.PUBLIC))
          .isInstanceOf(SourceException.class);
      assertThat(proxy.heads())
          .isNotEmpty()
          .allMatch(head -> head.startsWith("CONNECT dbc-a1.cloud.databricks.com:443 "));
      int seen = proxy.heads().size();
      assertThatThrownBy(
              () -> download("https://bucket.s3.amazonaws.com/x?canary", LinkHosts.CLOUDS))
          .isInstanceOf(IOException.class);
      assertThat(proxy.heads()).hasSizeGreaterThan(seen).noneMatch(head -> head.contains("canary"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127-0-0-1",
        "10-0-0-1",
        "192-168-1-1",
        "169-254-169-254",
        "168-63-129-16",
        "100-100-100-200",
        "0-0-0-0",
        "8-8-8-8-10-0-0-1"
      })
  void aNameOnTheListMustNotLeadInside(String addresses) {
    String name = "ip-" + addresses;
    assertThatThrownBy(
            () -> authenticate("https://" + name + ".cloud.databricks.com", HostRule.PUBLIC))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("resolves to");
    assertThatThrownBy(
            () -> download("https://" + name + ".s3.amazonaws.com/x?canary", LinkHosts.CLOUDS))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("resolves to")
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127-0-0-1", "169-254-169-254", "168-63-129-16", "10-0-0-1-169-254-1-1"})
  void noAdministratorAllowsThisMachineOrItsMetadata(String addresses) {
    AllowedHosts allowed = AllowedHosts.of(".example.com");
    String url = "https://ip-" + addresses + ".example.com";
    assertThatThrownBy(() -> authenticate(url, HostRule.PUBLIC.and(allowed)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("resolves to");
    assertThatThrownBy(() -> download(url + "/x", LinkHosts.clouds(allowed)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("resolves to");
  }

  @Test
  void whatAnAdministratorAllowsIsCalled() {
    AllowedHosts allowed = AllowedHosts.of("lake.example.com");
    try (TunnelProxy proxy = TunnelProxy.to(0)) {
      ProxySelector.setDefault(proxy.selector());
      assertThatThrownBy(
              () -> authenticate("https://lake.example.com", HostRule.PUBLIC.and(allowed)))
          .isInstanceOf(SourceException.class);
      assertThatThrownBy(() -> download("https://lake.example.com/x", LinkHosts.clouds(allowed)))
          .isInstanceOf(IOException.class);
      assertThat(proxy.heads())
          .isNotEmpty()
          .allMatch(head -> head.startsWith("CONNECT lake.example.com:443 "));
    }
  }

  private void authenticate(String host, HostRule rule) {
    Path file = Sample.oauth().withText("/connection_details/host", host).in(folder);
    Surroundings patient =
        new Surroundings(
            Clock.systemUTC(),
            System::nanoTime,
            pause -> {},
            new SplittableRandom(7),
            Limits.DEFAULT);
    try (DatabricksWorkspace workspace =
        DatabricksWorkspace.open(
            new ConnectionFiles(Map.of(), rule).read(file).workspace(),
            patient,
            new RunListener() {})) {
      workspace.authenticate();
    }
  }

  private static void download(String link, LinkHosts hosts) throws Exception {
    new LinkClient(hosts, Duration.ofSeconds(20)).fetch(link, Map.of(), InputStream::readAllBytes);
  }
}
