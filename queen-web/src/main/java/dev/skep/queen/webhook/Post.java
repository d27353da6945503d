package dev.skep.queen.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST to one address that was judged before: the JDK's client would resolve the name again.
 * Redirects are answers like others; of the answer only the status line is read; whatever happens,
 * the connection is gone after the limit.
 */
final class Post {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");
  private static final int LONGEST_STATUS_LINE = 1024;
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private final SSLSocketFactory tls;
  private final ScheduledExecutorService clockwork;
  private final Duration limit;

  Post(SSLSocketFactory tls, ScheduledExecutorService clockwork, Duration limit) {
    this.tls = tls;
    this.clockwork = clockwork;
    this.limit = limit;
  }

  /** The status that was answered. */
  int send(URI url, InetAddress address, Map<String, String> headers, byte[] body)
      throws IOException {
    try (Socket plain = new Socket()) {
      ScheduledFuture<?> end =
          clockwork.schedule(() -> cut(plain), limit.toMillis(), TimeUnit.MILLISECONDS);
      try {
        plain.setSoTimeout((int) limit.toMillis());
        plain.connect(new InetSocketAddress(address, port(url)), (int) limit.toMillis());
        Socket socket = isTls(url) ? secured(plain, url) : plain;
        socket.getOutputStream().write(request(url, headers, body));
        socket.getOutputStream().flush();
        return status(socket.getInputStream());
      } finally {
        end.cancel(false);
      }
    }
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      System.getLogger(Post.class.getName())
          .log(System.Logger.Level.DEBUG, "a connection did not close", e);
    }
  }

  private Socket secured(Socket plain, URI url) throws IOException {
    SSLSocket socket = (SSLSocket) tls.createSocket(plain, url.getHost(), port(url), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static boolean isTls(URI url) {
    return url.getScheme().equals("https");
  }

  private static int port(URI url) {
    if (url.getPort() != -1) {
      return url.getPort();
    }
    return isTls(url) ? HTTPS : HTTP;
  }

  private static byte[] request(URI url, Map<String, String> headers, byte[] body) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    StringBuilder head = new StringBuilder("POST ").append(path).append(query);
    head.append(" HTTP/1.1\r\nHost: ").append(url.getRawAuthority()).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\nConnection: close\r\n\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private static int status(InputStream answer) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = answer.read();
    while (next != -1 && next != '\n' && line.length() < LONGEST_STATUS_LINE) {
      line.append((char) next);
      next = answer.read();
    }
    Matcher status = STATUS.matcher(line.toString().stripTrailing());
    if (!status.matches()) {
      throw new IOException("the answer is not HTTP");
    }
    return Integer.parseInt(status.group(1));
  }
}
