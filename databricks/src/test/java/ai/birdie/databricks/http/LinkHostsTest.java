package ai.birdie.databricks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.SourceException;
import org.junit.jupiter.params.ParameterizedTest;
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
  @ValueSource(
      strings = {
        "http://bucket.s3.amazonaws.com/x?canary",
        "https://bucket.s3.amazonaws.com:8443/x?canary",
        "https://user:canary@bucket.s3.amazonaws.com/x",
        "https://bucket.s3.amazonaws.com.evil.com/x?canary",
        "https://evil-s3.amazonaws.com.evil.com/x?canary",
        "https://bucket.es3.amazonaws.com/x?canary",
        "https://amazonaws.com/x?canary",
        "https://ec2.us-east-1.amazonaws.com/x?canary",
        "https://evil.com/bucket.s3.amazonaws.com?canary",
        "https://evil.com#bucket.s3.amazonaws.com",
        "https://blob.core.windows.net/x?canary",
        "https://x.blob.core.windows.net.evil.com/x?canary",
        "https://x.table.core.windows.net/x?canary",
        "https://xstorage.googleapis.com/x?canary",
        "https://a.b.storage.googleapis.com/x?canary",
        "https://storage.googleapis.com.evil/x?canary",
        "https://169.254.169.254/x?canary",
        "https://[::1]/x?canary",
        "https://2130706433/x?canary",
        "http://127.0.0.1:80/x?canary",
        "https://bucket.s3.amazonaws.com\\@evil.com/canary",
        "https:///x?canary",
        "file:///etc/canary",
        "canary",
        "",
      })
  void refusesOtherHostsAndNamesNoMore(String url) {
    assertThatThrownBy(() -> LinkHosts.CLOUDS.checked(url))
        .isInstanceOf(SourceException.class)
        .hasMessageNotContaining("canary")
        .hasNoCause();
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
