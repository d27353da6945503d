import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients of streamed calls: {@code java StreamsBench.java URL TOKEN JOBS AT_ONCE}. Prints, as JSON,
 * how many streams told parts at the same time, how long the first part took, how long parts that are
 * a time were on their way, and what came a second.
 */
final class StreamsBench {
  private static final AtomicInteger telling = new AtomicInteger();
  private static final AtomicInteger most = new AtomicInteger();
  private static final AtomicLong bytes = new AtomicLong();
  private static final AtomicInteger ended = new AtomicInteger();
  private static final List<Long> firsts = Collections.synchronizedList(new ArrayList<>());
  private static final List<Long> parts = Collections.synchronizedList(new ArrayList<>());

  /** Counts what comes without keeping it; reads parts that are a time in microseconds. */
  private static final class Ear implements HttpResponse.BodySubscriber<Void> {
    private static final byte[] DATA = "\ndata: ".getBytes(StandardCharsets.US_ASCII);
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final long start = System.nanoTime();
    private boolean heard;
    private boolean reading;
    private boolean deaf;
    private int atData;
    private long time;
    private Flow.Subscription more;

    @Override
    public CompletionStage<Void> getBody() {
      return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      more = subscription;
      more.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        bytes.addAndGet(buffer.remaining());
        while (!deaf && buffer.hasRemaining()) {
          look(buffer.get());
        }
      }
      more.request(1);
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
        parts.add(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) * 1000 - time * 1000);
      }
      reading = false;
      atData = 1; // a line has just ended
      time = 0;
    }

    @Override
    public void onError(Throwable failure) {
      done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      if (heard) {
        telling.decrementAndGet();
        ended.incrementAndGet();
      }
      done.complete(null);
    }
  }

  public static void main(String[] arguments) throws Exception {
    int jobs = Integer.parseInt(arguments[2]);
    Semaphore room = new Semaphore(Integer.parseInt(arguments[3]));
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(arguments[0]))
            .header("Authorization", "Bearer " + arguments[1])
            .header("Accept", "text/event-stream")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("1"))
            .build();
    AtomicInteger failed = new AtomicInteger();
    List<CompletableFuture<?>> calls = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < jobs; i++) {
      room.acquire();
      calls.add(
          http.sendAsync(request, information -> new Ear())
              .whenComplete(
                  (answer, error) -> {
                    room.release();
                    if (error != null || answer.statusCode() != 200) {
                      failed.incrementAndGet();
                    }
                  }));
    }
    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).exceptionally(e -> null).join();
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
    System.exit(0);
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
