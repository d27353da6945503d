import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients of streamed calls: {@code java StreamsBench.java URL TOKEN JOBS AT_ONCE}. Prints, as JSON,
 * how many streams told parts at the same time, how long the first part took, how long parts that are
 * a time were on their way, and what came a second. Plain sockets and HTTP/1.0, whose answers come
 * without chunks, so that the load generator takes as little as possible of the cores it measures.
 */
final class StreamsBench {
  private static final byte[] DATA = "\ndata: ".getBytes(StandardCharsets.US_ASCII);
  private static final AtomicInteger telling = new AtomicInteger();
  private static final AtomicInteger most = new AtomicInteger();
  private static final AtomicLong bytes = new AtomicLong();
  private static final AtomicInteger ended = new AtomicInteger();
  private static final AtomicInteger failed = new AtomicInteger();
  private static final List<Long> firsts = Collections.synchronizedList(new ArrayList<>());
  private static final List<Long> parts = Collections.synchronizedList(new ArrayList<>());

  /** Counts what comes without keeping it; reads parts that are a time in microseconds. */
  private static final class Ear {
    private final long start = System.nanoTime();
    private boolean heard;
    private boolean reading;
    private boolean deaf;
    private int atData;
    private long time;

    void hear(byte[] some, int count) {
      bytes.addAndGet(count);
      for (int i = 0; i < count && !deaf; i++) {
        look(some[i]);
      }
    }

    private void look(byte next) {
      if (!reading) {
        atData = next == DATA[atData] ? atData + 1 : next == DATA[0] ? 1 : 0;
        reading = atData == DATA.length;
      } else if (next >= '0' && next <= '9') {
        time = 10 * time + next - '0';
      } else {
        part();
      }
    }

    private void part() {
      if (!heard) {
        heard = true;
        firsts.add(System.nanoTime() - start);
        most.accumulateAndGet(telling.incrementAndGet(), Math::max);
      }
      deaf = time == 0;
      if (!deaf) {
        parts.add(1000 * (ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - time));
      }
      reading = false;
      atData = 1; // a line has just ended
      time = 0;
    }

    void end() {
      if (heard) {
        telling.decrementAndGet();
        ended.incrementAndGet();
      } else {
        failed.incrementAndGet();
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    URI url = URI.create(arguments[0]);
    int jobs = Integer.parseInt(arguments[2]);
    byte[] request =
        ("POST " + url.getPath() + " HTTP/1.0\r\nHost: " + url.getAuthority()
                + "\r\nAuthorization: Bearer " + arguments[1]
                + "\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1")
            .getBytes(StandardCharsets.US_ASCII);
    ExecutorService clients = Executors.newFixedThreadPool(Integer.parseInt(arguments[3]));
    long start = System.nanoTime();
    for (int i = 0; i < jobs; i++) {
      clients.execute(() -> call(url, request));
    }
    clients.shutdown();
    clients.awaitTermination(1, TimeUnit.HOURS);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "{\"jobs\":%d,\"ended\":%d,\"failed\":%d,\"streamsAtOnce\":%d,\"megabytes\":%.1f,"
            + "\"seconds\":%.2f,\"megabytesPerSecond\":%.1f,\"firstPartMillis\":%s,\"partMillis\":%s,"
            + "\"clientCpuSeconds\":%.2f}%n",
        jobs,
        ended.get(),
        failed.get(),
        most.get(),
        bytes.get() / 1e6,
        seconds,
        bytes.get() / 1e6 / seconds,
        percentiles(firsts),
        percentiles(parts),
        ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3);
  }

  private static void call(URI url, byte[] request) {
    Ear ear = new Ear();
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.getOutputStream().write(request);
      InputStream answer = socket.getInputStream();
      byte[] buffer = new byte[64 * 1024];
      for (int count = answer.read(buffer); count >= 0; count = answer.read(buffer)) {
        ear.hear(buffer, count);
      }
    } catch (IOException e) {
      System.err.println(e);
      failed.incrementAndGet();
    }
    ear.end();
  }

  private static String percentiles(List<Long> nanos) {
    Collections.sort(nanos);
    return String.format(
        Locale.ROOT, "{\"p50\":%.1f,\"p99\":%.1f}", at(nanos, 0.5), at(nanos, 0.99));
  }

  private static double at(List<Long> sorted, double share) {
    return sorted.isEmpty() ? -1 : sorted.get((int) (share * (sorted.size() - 1))) / 1e6;
  }
}
