package ai.birdie.databricks.error;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.SourceException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class DatabricksErrorsTest {

  @Test
  void saysWhatKeepsTheStorageOutOfReach() {
    assertThat(unreachable(new UnknownHostException("canary"))).contains("cannot be resolved");
    assertThat(unreachable(new ConnectException("canary"))).contains("connection was refused");
    assertThat(unreachable(new SocketTimeoutException("canary")))
        .contains("did not answer in time");
    assertThat(unreachable(new IOException("canary"))).contains("connection broke");
    assertThat(unreachable(new SSLHandshakeException("canary"))).contains("no secure connection");
  }

  @Test
  void takesACertificateForNothingThatPasses() {
    assertThat(retryable(new SSLHandshakeException("canary"))).isFalse();
    assertThat(retryable(new IOException("canary"))).isTrue();
  }

  private static boolean retryable(IOException cause) {
    return ((SourceException) storage(cause)).retryable();
  }

  private static String unreachable(IOException cause) {
    BirdieException e = storage(cause);
    assertThat(e.remedy().orElse("")).contains("allow https to bucket.example");
    assertThat(e).hasMessageNotContaining("canary").hasMessageContaining("bucket.example");
    return String.valueOf(e.getMessage());
  }

  private static BirdieException storage(IOException cause) {
    return DatabricksErrors.storageUnreachable("bucket.example", "read main.voc.t", cause);
  }
}
