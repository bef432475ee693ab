package ai.birdie.databricks.error;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.SourceException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    SSLException wrong = new SSLHandshakeException("canary");
    wrong.initCause(new SSLException("canary", new CertificateException("canary")));
    assertThat(retryable(wrong)).isFalse();
    assertThat(retryable(new SSLPeerUnverifiedException("canary"))).isFalse();
    assertThat(retryable(new SSLHandshakeException("canary"))).isTrue();
    assertThat(retryable(new IOException("canary"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "40001", "53200", "57014", "58030", "HY008", "XX000"})
  void takesWhatTheEngineItselfIsAtFaultForAsPassing(String sqlState) {
    assertThat(((SourceException) ended(sqlState)).retryable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0A000", "22003", "42601", "KD002"})
  void takesWhatIsSaidOfAStatementAsLasting(String sqlState) {
    assertThat(((SourceException) ended(sqlState)).retryable()).isFalse();
  }

  private static BirdieException ended(String sqlState) {
    return new DatabricksErrors("host.example", "w", () -> "birdie")
        .statementFailed(
            "read main.voc.t",
            Optional.empty(),
            "FAILED",
            Failure.of(Optional.of("BAD_REQUEST"), Optional.of(sqlState), Optional.empty()));
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
