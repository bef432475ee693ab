package ai.birdie.databricks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of an authority of the test's own, and one that it did not sign. */
final class Certificates {

  /** Whose certificate a server shows. */
  enum Of {
    GOOD,
    EXPIRED,
    NOT_YET_VALID,
    ANOTHER_HOST,
    ITS_OWN_SIGNER
  }

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final KeyStore keys;

  private Certificates(KeyStore keys) {
    this.keys = keys;
  }

  /** Makes all of them, for servers of those names. */
  static Certificates make(Path folder, String... hosts)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path file = folder.resolve("keys.p12");
    String names = "san=dns:" + String.join(",dns:", hosts);
    String[] signed = {"-signer", "authority", "-ext"};
    key(file, "authority", "-ext", "bc:critical", "-ext", "keyUsage:critical=keyCertSign");
    key(file, "GOOD", with(signed, names));
    key(file, "EXPIRED", with(signed, names, "-startdate", "-9d", "-validity", "2"));
    key(file, "NOT_YET_VALID", with(signed, names, "-startdate", "+9d", "-validity", "2"));
    key(file, "ANOTHER_HOST", with(signed, "san=dns:evil.example.com"));
    key(file, "ITS_OWN_SIGNER", "-ext", names);
    return new Certificates(KeyStore.getInstance(file.toFile(), PASSWORD));
  }

  private static String[] with(String[] begin, String... rest) {
    List<String> all = new ArrayList<>(List.of(begin));
    all.addAll(List.of(rest));
    return all.toArray(String[]::new);
  }

  private static void key(Path file, String alias, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + alias));
    command.addAll(
        List.of("-alias", alias, "-keystore", file.toString(), "-storepass", "changeit"));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
  }

  /** Trusts the authority alone. */
  SSLContext trusting() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", keys.getCertificate("authority"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** Shows that certificate. */
  SSLContext server(Of alias) throws IOException, GeneralSecurityException {
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    String name = alias.name();
    one.setKeyEntry(name, keys.getKey(name, PASSWORD), PASSWORD, keys.getCertificateChain(name));
    KeyManagerFactory shown =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    shown.init(one, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(shown.getKeyManagers(), null, null);
    return context;
  }
}
