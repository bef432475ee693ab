package ai.birdie.databricks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.SourceException;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.network.Network;
import ai.birdie.testkit.TunnelProxy;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Both clients against servers whose certificates are right, and wrong in every way. */
final class TlsTest {

  private static final String WORKSPACE = "dbc-a1.cloud.databricks.com";
  private static final String STORAGE = "bucket.s3.amazonaws.com";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @SuppressWarnings("NullAway.Init") // made once
  private static Certificates certificates;

  @SuppressWarnings("NullAway.Init") // kept to be set back
  private static SSLContext before;

  /** A record with a fatal alert, before any protocol is agreed on. */
  private static final byte[] INTERNAL_ERROR = {21, 3, 3, 0, 2, 2, 80};

  private static final Authorization UNCHANGING =
      new Authorization() {
        @Override
        public String header() {
          return "Bearer canary";
        }

        @Override
        public boolean renew(String refused) {
          return false;
        }
      };

  private static final ProxySelector PROXIES = ProxySelector.getDefault();

  private final List<String> lost = new ArrayList<>();
  private final List<Duration> waited = new ArrayList<>();

  @BeforeAll
  static void trustTheTestsAuthority(@TempDir Path folder) throws Exception {
    certificates = Certificates.make(folder, WORKSPACE, STORAGE);
    before = SSLContext.getDefault();
    SSLContext.setDefault(certificates.trusting());
  }

  @AfterAll
  static void trustTheWorldAgain() {
    SSLContext.setDefault(before);
    ProxySelector.setDefault(PROXIES);
  }

  @Test
  void speakWithWhoeverProvesWhoTheyAre() throws Exception {
    try (TlsServer server = TlsServer.with(certificates.server(Certificates.Of.GOOD));
        TunnelProxy proxy = TunnelProxy.to(server.port())) {
      ProxySelector.setDefault(proxy.selector());
      assertThat(ask().status()).isEqualTo(200);
      assertThat(fetch()).isEqualTo(200);
      assertThat(server.protocols()).hasSize(2).containsOnly("TLSv1.3");
      assertThat(proxy.heads())
          .hasSize(2)
          .noneMatch(head -> head.contains("canary"))
          .noneMatch(head -> head.contains("Authorization"))
          .anyMatch(head -> head.startsWith("CONNECT " + WORKSPACE + ":443 "))
          .anyMatch(head -> head.startsWith("CONNECT " + STORAGE + ":443 "));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "GOOD")
  void sayNothingToWhoeverDoesNot(Certificates.Of certificate) throws Exception {
    try (TlsServer server = TlsServer.with(certificates.server(certificate));
        TunnelProxy proxy = TunnelProxy.to(server.port())) {
      ProxySelector.setDefault(proxy.selector());
      assertThatThrownBy(TlsTest::ask).isInstanceOf(SSLException.class);
      assertThatThrownBy(TlsTest::fetch).isInstanceOf(SSLException.class);
      assertThat(server.protocols()).as("requests").isEmpty();
      assertThat(proxy.heads()).as("connections").hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void askAgainWhereTlsIsBrokenOff() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TunnelProxy proxy = TunnelProxy.to(server.getLocalPort())) {
      new Thread(() -> breakOff(server)).start();
      ProxySelector.setDefault(proxy.selector());
      assertThatThrownBy(this::submit)
          .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.retryable()).isTrue())
          .hasMessageContaining("no secure connection to " + WORKSPACE);
      assertThat(lost).as("answers that may be lost").hasSize(2);
      assertThat(waited).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "GOOD")
  void askOnceWhereTheCertificateIsWrong(Certificates.Of certificate) throws Exception {
    try (TlsServer server = TlsServer.with(certificates.server(certificate));
        TunnelProxy proxy = TunnelProxy.to(server.port())) {
      ProxySelector.setDefault(proxy.selector());
      assertThatThrownBy(this::submit)
          .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.retryable()).isFalse());
      assertThat(lost).isEmpty();
      assertThat(waited).isEmpty();
    }
  }

  /** Answers every greeting with an alert, as a load balancer does that goes down. */
  private static void breakOff(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        if (client.getInputStream().read() >= 0) {
          client.getOutputStream().write(INTERNAL_ERROR);
          client.shutdownOutput();
          client.getInputStream().readAllBytes();
        }
      } catch (IOException e) {
        // one of both sides has gone
      }
    }
  }

  private void submit() {
    Pauses pauses =
        new Pauses(
            Clock.systemUTC(), () -> 0, waited::add, new SplittableRandom(1), Duration.ofHours(1));
    new WorkspaceClient(
            new Transport(URI.create("https://" + WORKSPACE), Network.PUBLIC),
            LIMIT,
            UNCHANGING,
            pauses,
            new DatabricksErrors(WORKSPACE, "abc123", () -> "app-id"),
            new ObjectMapper(),
            new Meter())
        .submit(
            Call.post("/canary", "{}", Call.Repeat.ONCE_MORE, "read t"),
            new Hindrances() {
              @Override
              public void answerLost() {
                lost.add("once");
              }
            });
  }

  @Test
  void speakNoOldProtocol() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket plain = new Socket(server.getInetAddress(), server.getLocalPort());
        SSLSocket secure =
            (SSLSocket) sockets(Network.LOOPBACK).createSocket(plain, STORAGE, 443, true)) {
      assertThat(secure.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
      assertThat(secure.getSSLParameters().getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true", "false"})
  void doNotBeginWhereTheJvmIsToldToCheckNoNames(String value) {
    String property = "jdk.internal.httpclient.disableHostnameVerification";
    System.setProperty(property, value);
    try {
      assertThatThrownBy(TlsTest::ask)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(property);
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  void leaveAConnectionThatLeadsElsewhereThanItsNameDidBefore() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket plain = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      assertThatThrownBy(() -> sockets(Network.PUBLIC).createSocket(plain, STORAGE, 443, true))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining(STORAGE)
          .hasMessageContaining("127.0.0.1");
      assertThat(plain.isClosed()).isTrue();
      assertThat(accepted.getInputStream().read()).as("bytes").isEqualTo(-1);
    }
  }

  private static TlsSockets sockets(Network network) {
    return new TlsSockets((SSLSocketFactory) SSLSocketFactory.getDefault(), network::contains);
  }

  private static Answer ask() throws Exception {
    Transport transport = new Transport(URI.create("https://" + WORKSPACE), Network.PUBLIC);
    Map<String, String> headers = Map.of("Authorization", "Bearer canary");
    return transport.send("GET", "/canary", headers, Optional.empty(), LIMIT);
  }

  private static int fetch() throws IOException {
    LinkClient client = new LinkClient(LinkHosts.CLOUDS, LIMIT);
    return client.fetch("https://" + STORAGE + "/x?canary", Map.of(), InputStream::readAllBytes);
  }
}
