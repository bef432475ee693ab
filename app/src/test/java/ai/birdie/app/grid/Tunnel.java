package ai.birdie.app.grid;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A proxy for whatever host is asked for, which leads to a server of its own whose TLS is bad. The
 * proxy's port is the JVM's setting, so that the product is none the wiser.
 */
final class Tunnel implements AutoCloseable {

  /** What the product believes that it speaks to. */
  static final String WORKSPACE = "tunnel.cloud.databricks.com";

  /** Where it believes that results are. */
  static final String STORAGE = "tunnel.s3.amazonaws.com";

  private static final String NAMES = "-ext san=dns:" + WORKSPACE + ",dns:" + STORAGE;

  /** What is wrong with the server. */
  enum Flaw {
    WRONG_HOST(AUTHORITY, "-ext san=dns:other.example"),
    EXPIRED(AUTHORITY, "-startdate -30d -validity 10 " + NAMES),
    UNKNOWN_AUTHORITY("stranger", NAMES),
    OLD_PROTOCOL(AUTHORITY, NAMES);

    private final String signer;
    private final String certificate;

    /** As keytool is told of the certificate. */
    Flaw(String signer, String certificate) {
      this.signer = signer;
      this.certificate = certificate;
    }
  }

  private static final String AUTHORITY = "authority";
  private static final String SOUND = "sound";
  private static final String FLAWED = "flawed";
  private static final String PASSWORD = "changeit";
  private static final String KEYS = "keys.p12";
  private static final String TRUSTED = "trusted.p12";

  /** A ServerHello of TLS 1.0: version, randomness, no session, a cipher, no compression. */
  private static final int[] TLS_1_0 = {22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1};

  private final Flaw flaw;
  private final Optional<URI> workspace;
  private final Path folder;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Tunnel(Flaw flaw, Optional<URI> workspace, Path folder, ServerSocket listener) {
    this.flaw = flaw;
    this.workspace = workspace;
    this.folder = folder;
    this.listener = listener;
  }

  /** Opens one to the bad server alone; its keys are made in {@code folder}. */
  static Tunnel open(Flaw flaw, Path folder) {
    return open(flaw, Optional.empty(), folder);
  }

  /** As {@link #open}, but {@link #WORKSPACE} is reached by good TLS, and is that one. */
  static Tunnel before(String workspace, Flaw flaw, Path folder) {
    return open(flaw, Optional.of(URI.create(workspace)), folder);
  }

  private static Tunnel open(Flaw flaw, Optional<URI> workspace, Path folder) {
    try {
      makeKeys(flaw, folder);
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      Tunnel tunnel = new Tunnel(flaw, workspace, folder, new ServerSocket(0, 50, loopback));
      tunnel.threads.execute(tunnel::accept);
      return tunnel;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted", e);
    }
  }

  /** Two authorities', of which one is trusted, and those of servers, which these have signed. */
  private static void makeKeys(Flaw flaw, Path folder) throws IOException, InterruptedException {
    keytool(folder, AUTHORITY, List.of("-ext", "bc:c"));
    keytool(folder, "stranger", List.of("-ext", "bc:c"));
    signed(folder, SOUND, AUTHORITY, NAMES);
    signed(folder, FLAWED, flaw.signer, flaw.certificate);
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(AUTHORITY, keys(folder).getCertificate(AUTHORITY));
      try (OutputStream out = Files.newOutputStream(folder.resolve(TRUSTED))) {
        trusted.store(out, PASSWORD.toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JVM knows PKCS12", e);
    }
  }

  private static void signed(Path folder, String alias, String signer, String certificate)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(List.of("-signer", signer));
    options.addAll(List.of(certificate.split(" ")));
    keytool(folder, alias, options);
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
    return List.of(
        "-Dhttps.proxyHost=127.0.0.1",
        "-Dhttps.proxyPort=" + listener.getLocalPort(),
        "-Djavax.net.ssl.trustStore=" + folder.resolve(TRUSTED),
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
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
      String asked = head(connection.getInputStream());
      connection.getOutputStream().write("HTTP/1.1 200 \r\n\r\n".getBytes(ISO_8859_1));
      if (workspace.isPresent() && asked.startsWith("CONNECT " + WORKSPACE + ":")) {
        pass(secured(connection, SOUND), workspace.get());
      } else if (flaw == Flaw.OLD_PROTOCOL && connection.getInputStream().read() >= 0) {
        connection.getOutputStream().write(oldHello());
        connection.getInputStream().readAllBytes();
      } else {
        secured(connection, FLAWED).getInputStream().readAllBytes();
      }
    } catch (IOException | GeneralSecurityException e) {
      // the product has hung up, as it should
    }
  }

  /** Up to the first empty line, and no byte further. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException();
      }
      head.append((char) b);
    }
    return head.toString();
  }

  private void pass(SSLSocket secure, URI workspace) throws IOException {
    try (Socket server = new Socket(workspace.getHost(), workspace.getPort())) {
      threads.execute(() -> answer(server, secure));
      secure.getInputStream().transferTo(server.getOutputStream());
    }
  }

  private static void answer(Socket server, SSLSocket secure) {
    try (secure) {
      server.getInputStream().transferTo(secure.getOutputStream());
    } catch (IOException e) {
      // one of both sides has hung up
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

  /** TLS, by the key of that name. */
  private SSLSocket secured(Socket connection, String alias)
      throws IOException, GeneralSecurityException {
    KeyStore all = keys(folder);
    KeyStore one = KeyStore.getInstance("PKCS12");
    char[] password = PASSWORD.toCharArray();
    one.load(null, null);
    one.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(one, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(connection, WORKSPACE, 443, true);
    secure.setUseClientMode(false);
    return secure;
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
