import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
 * how many streams told parts at the same time, how long the first part took, and what came a second.
 */
final class StreamsBench {
  private static final AtomicInteger telling = new AtomicInteger();
  private static final AtomicInteger most = new AtomicInteger();
  private static final AtomicLong bytes = new AtomicLong();
  private static final AtomicInteger ended = new AtomicInteger();
  private static final List<Long> firsts = Collections.synchronizedList(new ArrayList<>());

  /** Counts what comes without keeping it. */
  private static final class Ear implements HttpResponse.BodySubscriber<Void> {
    private static final byte[] PART = "\nevent: part\n".getBytes(StandardCharsets.US_ASCII);
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final long start = System.nanoTime();
    private boolean heard;
    private int atPart;
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
        while (!heard && buffer.hasRemaining()) {
          look(buffer.get());
        }
      }
      more.request(1);
    }

    private void look(byte next) {
      atPart = next == PART[atPart] ? atPart + 1 : next == PART[0] ? 1 : 0;
      if (atPart == PART.length) {
        heard = true;
        firsts.add(System.nanoTime() - start);
        most.accumulateAndGet(telling.incrementAndGet(), Math::max);
      }
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
    Collections.sort(firsts);
    System.out.printf(
        Locale.ROOT,
        "{\"jobs\":%d,\"ended\":%d,\"failed\":%d,\"streamsAtOnce\":%d,\"megabytes\":%.1f,"
            + "\"seconds\":%.2f,\"megabytesPerSecond\":%.1f,\"firstPartMillis\":{\"p50\":%.1f,\"p99\":%.1f}}%n",
        jobs,
        ended.get(),
        failed.get(),
        most.get(),
        bytes.get() / 1e6,
        seconds,
        bytes.get() / 1e6 / seconds,
        at(0.5),
        at(0.99));
    System.exit(0);
  }

  private static double at(double share) {
    return firsts.isEmpty() ? -1 : firsts.get((int) (share * (firsts.size() - 1))) / 1e6;
  }
}
