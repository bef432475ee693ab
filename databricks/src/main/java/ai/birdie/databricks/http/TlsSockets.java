package ai.birdie.databricks.http;

import ai.birdie.databricks.error.DatabricksErrors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Predicate;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Secures connections that are made already, and looks before at where they lead: a name may
 * resolve to another address than when it was checked. Makes no connection itself, so that none can
 * be left out.
 */
final class TlsSockets extends SSLSocketFactory {

  static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final SSLSocketFactory factory;
  private final Predicate<InetAddress> allowed;

  TlsSockets(SSLSocketFactory factory, Predicate<InetAddress> allowed) {
    this.factory = factory;
    this.allowed = allowed;
  }

  /**
   * TLS over {@code socket}.
   *
   * @throws ai.birdie.core.error.SourceException if it leads to an address that is not allowed
   */
  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    if (!allowed.test(socket.getInetAddress())) {
      socket.close();
      throw DatabricksErrors.foreignAddress(host, socket.getInetAddress());
    }
    SSLSocket secure = (SSLSocket) factory.createSocket(socket, host, port, autoClose);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    return secure;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw unsupported();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw unsupported();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw unsupported();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
      throws IOException {
    throw unsupported();
  }

  private static IOException unsupported() {
    return new IOException("Only connections that are made already are secured");
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }
}
