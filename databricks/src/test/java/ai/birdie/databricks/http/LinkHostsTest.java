package ai.birdie.databricks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.SourceException;
import ai.birdie.databricks.network.AllowedHosts;
import ai.birdie.databricks.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkHostsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://bucket.s3.amazonaws.com/x?X-Amz-Signature=1",
        "https://bucket.s3.us-west-2.amazonaws.com/x",
        "https://bucket.s3-us-west-2.amazonaws.com/x",
        "https://s3.eu-central-1.amazonaws.com/bucket/x",
        "https://bucket.s3.dualstack.us-east-1.amazonaws.com/x",
        "https://bucket.s3.cn-north-1.amazonaws.com.cn/x",
        "https://dbstorage.blob.core.windows.net/x?sig=1",
        "https://dbstorage.dfs.core.windows.net:443/x?sig=1",
        "https://dbstorage.z12.blob.core.windows.net/x",
        "https://dbstorage.blob.core.usgovcloudapi.net/x",
        "https://storage.googleapis.com/x?X-Goog-Signature=1",
        "https://bucket.storage.googleapis.com/x",
      })
  void takesTheCloudsStorage(String url) {
    assertThat(LinkHosts.CLOUDS.checked(url).toString()).isEqualTo(url);
    assertThatThrownBy(() -> LinkHosts.LOOPBACK.checked(url)).isInstanceOf(SourceException.class);
  }

  @ParameterizedTest
  @MethodSource("ai.birdie.testkit.HostileAddresses#links")
  void refusesOtherHostsAndNamesNoMore(String url) {
    assertThatThrownBy(() -> LinkHosts.CLOUDS.checked(url))
        .isInstanceOf(SourceException.class)
        .hasMessageNotContaining("canary")
        .hasNoCause();
  }

  @Test
  void takesWhatAnAdministratorAllowsByHttpsAlone() {
    LinkHosts hosts = LinkHosts.clouds(AllowedHosts.of("minio.example.com"));
    assertThat(hosts.checked("https://minio.example.com/x?y").getHost())
        .isEqualTo("minio.example.com");
    assertThat(hosts.network("minio.example.com")).isEqualTo(Network.PRIVATE);
    assertThat(hosts.network("bucket.s3.amazonaws.com")).isEqualTo(Network.PUBLIC);
    for (String url :
        new String[] {
          "http://minio.example.com/x",
          "https://minio.example.com:9000/x",
          "https://u@minio.example.com/x",
          "https://minio.example.com.evil.com/x"
        }) {
      assertThatThrownBy(() -> hosts.checked(url)).isInstanceOf(SourceException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.2:80/x",
        "http://evil.com/x",
        "https://127.0.0.1/x",
        "ftp://[::1]"
      })
  void takesOnlyThisMachineForALocalWorkspace(String url) {
    assertThatThrownBy(() -> LinkHosts.LOOPBACK.checked(url)).isInstanceOf(SourceException.class);
    assertThat(LinkHosts.LOOPBACK.checked("http://127.0.0.1:8080/x?y").getPort()).isEqualTo(8080);
  }
}
