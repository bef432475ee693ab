package ai.birdie.app.grid;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A proxy that leads every host to one server of its own, whose TLS is bad. The proxy's port is the
 * JVM's setting, so that the product is none the wiser.
 */
final class Tunnel implements AutoCloseable {

  /** What is wrong with the server. */
  enum Flaw {
    WRONG_HOST("-ext san=dns:other.example"),
    EXPIRED("-startdate -30d -validity 10 -ext san=dns:" + HOST),
    UNKNOWN_AUTHORITY("-ext san=dns:" + HOST),
    OLD_PROTOCOL("");

    private final String certificate;

    /** As keytool is told of the certificate. */
    Flaw(String certificate) {
      this.certificate = certificate;
    }
  }

  /** What the product believes that it speaks to. */
  static final String HOST = "tunnel.cloud.databricks.com";

  private static final String PASSWORD = "changeit";
  private static final String KEYS = "keys.p12";
  private static final String TRUSTED = "trusted.p12";

  /** A ServerHello of TLS 1.0: version, randomness, no session, a cipher, no compression. */
  private static final int[] TLS_1_0 = {22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1};

  private final Flaw flaw;
  private final Path folder;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Tunnel(Flaw flaw, Path folder, ServerSocket listener) {
    this.flaw = flaw;
    this.folder = folder;
    this.listener = listener;
  }

  /** Opens it; its keys are made in {@code folder}. */
  static Tunnel open(Flaw flaw, Path folder) {
    try {
      if (flaw != Flaw.OLD_PROTOCOL) {
        makeKeys(flaw, folder);
      }
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      Tunnel tunnel = new Tunnel(flaw, folder, new ServerSocket(0, 50, loopback));
      tunnel.threads.execute(tunnel::accept);
      return tunnel;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted", e);
    }
  }

  /** An authority's, and the server's, which it has signed. */
  private static void makeKeys(Flaw flaw, Path folder) throws IOException, InterruptedException {
    keytool(folder, "authority", List.of("-ext", "bc:c"));
    List<String> server = new ArrayList<>(List.of("-signer", "authority"));
    server.addAll(List.of(flaw.certificate.split(" ")));
    keytool(folder, "server", server);
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", keys(folder).getCertificate("authority"));
      try (OutputStream out = Files.newOutputStream(folder.resolve(TRUSTED))) {
        trusted.store(out, PASSWORD.toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JVM knows PKCS12", e);
    }
  }

  private static void keytool(Path folder, String alias, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-alias", alias));
    command.addAll(List.of("-dname", "CN=" + alias, "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", folder.resolve(KEYS).toString()));
    command.addAll(options);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    if (process.waitFor() != 0) {
      throw new AssertionError(said);
    }
  }

  private static KeyStore keys(Path folder) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(KEYS))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  /** What the JVM of the product is told: where the proxy is, and whom to trust. */
  List<String> options() {
    List<String> options =
        new ArrayList<>(
            List.of("-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=" + listener.getLocalPort()));
    if (flaw == Flaw.WRONG_HOST || flaw == Flaw.EXPIRED) {
      options.add("-Djavax.net.ssl.trustStore=" + folder.resolve(TRUSTED));
      options.add("-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }
    return options;
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        threads.execute(() -> serve(connection));
      }
    } catch (IOException e) {
      // it is closed
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader request =
          new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
      String line = request.readLine();
      while (line != null && !line.isEmpty()) {
        line = request.readLine();
      }
      connection.getOutputStream().write("HTTP/1.1 200 \r\n\r\n".getBytes(ISO_8859_1));
      if (flaw == Flaw.OLD_PROTOCOL && request.read() >= 0) {
        connection.getOutputStream().write(oldHello());
        connection.getInputStream().readAllBytes();
      } else {
        shakeHands(connection);
      }
    } catch (IOException | GeneralSecurityException e) {
      // the product has hung up, as it should
    }
  }

  private static byte[] oldHello() {
    byte[] hello = new byte[47];
    for (int i = 0; i < TLS_1_0.length; i++) {
      hello[i] = (byte) TLS_1_0[i];
    }
    hello[45] = 0x2f; // TLS_RSA_WITH_AES_128_CBC_SHA
    return hello;
  }

  private void shakeHands(Socket connection) throws IOException, GeneralSecurityException {
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys(folder), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(connection, HOST, 443, true);
    secure.setUseClientMode(false);
    secure.getInputStream().readAllBytes();
  }

  @Override
  public void close() {
    try {
      listener.close();
      threads.shutdownNow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
