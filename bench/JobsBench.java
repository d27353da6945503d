import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * One POST per job over TLS, each answer checked against its input. Plain sockets, so that the load
 * generator takes as little as possible of the cores it measures.
 *
 * <p>usage: java bench/JobsBench.java URL TOKEN CERTIFICATE.pem SEQUENTIAL IN_FLIGHT SECONDS WARM_UP
 *
 * <p>Prints one line of JSON: latencies in milliseconds of one job after the other, then the rate
 * with IN_FLIGHT connections for SECONDS, and how many answers were 2xx in the whole run. Before
 * that, WARM_UP seconds of load: a fresh server compiles itself on the same cores meanwhile.
 */
public final class JobsBench {

  private static final int PAYLOAD = 1024;

  private final URI url;
  private final String token;
  private final SSLSocketFactory sockets;
  private final AtomicLong answered = new AtomicLong();

  private JobsBench(URI url, String token, SSLSocketFactory sockets) {
    this.url = url;
    this.token = token;
    this.sockets = sockets;
  }

  public static void main(String[] args) throws Exception {
    JobsBench bench = new JobsBench(URI.create(args[0]), args[1], trusting(args[2]));
    int sequential = Integer.parseInt(args[3]);
    int inFlight = Integer.parseInt(args[4]);
    double seconds = Double.parseDouble(args[5]);

    bench.oneByOne(sequential);
    bench.together(inFlight, Double.parseDouble(args[6]));
    double[] latencies = bench.oneByOne(sequential);
    Rate rate = bench.together(inFlight, seconds);
    System.out.printf(
        Locale.ROOT,
        "{\"sequential\":{\"p50Ms\":%.2f,\"p99Ms\":%.2f},\"inFlight\":%d,\"jobsPerSecond\":%.1f,"
            + "\"inFlightP50Ms\":%.2f,\"inFlightP99Ms\":%.2f,\"answered\":%d}%n",
        percentile(latencies, 50),
        percentile(latencies, 99),
        inFlight,
        rate.perSecond(),
        percentile(rate.latencies(), 50),
        percentile(rate.latencies(), 99),
        bench.answered.get());
  }

  private record Rate(double perSecond, double[] latencies) {}

  private double[] oneByOne(int jobs) throws Exception {
    double[] millis = new double[jobs];
    try (Connection connection = new Connection()) {
      for (int i = 0; i < jobs; i++) {
        millis[i] = connection.job(i);
      }
    }
    return millis;
  }

  private Rate together(int connections, double seconds) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    try {
      List<Callable<List<Double>>> clients = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int seed = i * 1_000_000;
        clients.add(() -> until(end, seed));
      }
      List<Double> all = new ArrayList<>();
      for (Future<List<Double>> client : threads.invokeAll(clients)) {
        all.addAll(client.get());
      }
      double took = (System.nanoTime() - start) / 1e9;
      return new Rate(all.size() / took, all.stream().mapToDouble(Double::doubleValue).toArray());
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Double> until(long end, int seed) throws Exception {
    List<Double> millis = new ArrayList<>();
    try (Connection connection = new Connection()) {
      for (int i = seed; System.nanoTime() < end; i++) {
        millis.add(connection.job(i));
      }
    }
    return millis;
  }

  /** One keep-alive HTTP/1.1 connection. */
  private final class Connection implements AutoCloseable {
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;

    Connection() throws IOException {
      socket = (SSLSocket) sockets.createSocket(url.getHost(), url.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      in = new BufferedInputStream(socket.getInputStream(), 16_384);
      out = socket.getOutputStream();
    }

    double job(int number) throws IOException {
      String input = input(number);
      long start = System.nanoTime();
      out.write(request(input));
      String output = answer();
      double millis = (System.nanoTime() - start) / 1e6;
      if (!output.equals(input)) {
        throw new IOException("job " + number + " answered " + output);
      }
      answered.incrementAndGet();
      return millis;
    }

    private String answer() throws IOException {
      String status = line();
      int length = -1;
      for (String header = line(); !header.isEmpty(); header = line()) {
        if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(header.substring(15).trim());
        }
      }
      byte[] body = length >= 0 ? in.readNBytes(length) : chunks();
      String text = new String(body, StandardCharsets.UTF_8);
      if (!status.startsWith("HTTP/1.1 200")) {
        throw new IOException(status + " " + text);
      }
      return text;
    }

    private byte[] chunks() throws IOException {
      StringBuilder all = new StringBuilder();
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        all.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
        line();
      }
      line();
      return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    private int chunkSize() throws IOException {
      return Integer.parseInt(line().trim(), 16);
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("the queen closed the connection");
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private byte[] request(String body) {
    return ("POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(url.getPath(), url.getAuthority(), token, body.length(), body))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String input(int number) {
    String head = "{\"number\":" + number + ",\"text\":\"";
    return head + "x".repeat(PAYLOAD - head.length() - 2) + "\"}";
  }

  private static double percentile(double[] values, int percent) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  private static SSLSocketFactory trusting(String pem) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = new FileInputStream(pem)) {
      store.setCertificateEntry(
          "queen", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }
}
