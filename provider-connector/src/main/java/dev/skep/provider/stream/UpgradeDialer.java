package dev.skep.provider.stream;

import dev.skep.provider.queen.QueenUrl;
import dev.skep.provider.tls.SpkiPin;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Turns an HTTP/1.1 request into the plane (Upgrade). TLS offers no application protocol, so that
 * no server picks HTTP/2, which knows no upgrade.
 */
public final class UpgradeDialer implements PlaneDialer {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int ANSWER_MILLIS = 20_000;
  private static final int MOST_ANSWER = 16 * 1024;
  private static final String REQUEST =
      "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"
          + "Connection: Upgrade\r\nUpgrade: skep-yamux\r\n\r\n";

  private final QueenUrl queen;
  private final @Nullable SpkiPin pin;

  /** A queen trusted as {@link dev.skep.provider.queen.QueenApi} trusts her. */
  public UpgradeDialer(QueenUrl queen, @Nullable SpkiPin pin) {
    this.queen = queen;
    this.pin = pin;
  }

  @Override
  public Wire dial(String password) throws IOException {
    URI at = queen.at("/api/connector/stream");
    Socket plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.connect(new InetSocketAddress(host(at), port(at)), CONNECT_MILLIS);
      plain.setSoTimeout(ANSWER_MILLIS);
      Socket socket = queen.isTls() ? secured(plain, at) : plain;
      upgrade(socket, at, password);
      plain.setSoTimeout(0);
      // The plain socket is closed: TLS would wait for a writer to say good-bye.
      return new Wire(socket.getInputStream(), socket.getOutputStream(), plain);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static String host(URI at) {
    return at.getHost().replaceAll("[\\[\\]]", "");
  }

  private int port(URI at) {
    return at.getPort() > 0 ? at.getPort() : queen.isTls() ? 443 : 80;
  }

  private Socket secured(Socket plain, URI at) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context().getSocketFactory().createSocket(plain, host(at), plain.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private SSLContext context() {
    try {
      return pin == null ? SSLContext.getDefault() : pin.context();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  private static void upgrade(Socket socket, URI at, String password) throws IOException {
    String request = REQUEST.formatted(at.getRawPath(), at.getRawAuthority(), password);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    String status = answer(socket.getInputStream()).lines().findFirst().orElse("");
    if (!status.startsWith("HTTP/1.1 101")) {
      throw status.matches("HTTP/1.1 5.*")
          ? new IOException("the queen answered " + status)
          : new PlaneRefusedException(status);
    }
  }

  /** Byte by byte: what follows the headers is the plane's. */
  private static String answer(InputStream input) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n", Math.max(0, text.length() - 4)) < 0) {
      int next = input.read();
      if (next < 0) {
        throw new EOFException("the queen closed the connection instead of an answer");
      } else if (text.length() >= MOST_ANSWER) {
        throw new IOException("the queen's answer does not end");
      }
      text.append((char) next);
    }
    return text.toString();
  }
}
