package dev.skep.queen.webhook;

import dev.skep.protocol.SkepException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLSocketFactory;

/**
 * Carries waiting events to their receivers, a few at a time. What a crash interrupts is due again
 * a minute later: at least once, told apart by the event's id.
 */
@ApplicationScoped
public class Deliveries {
  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int AT_ONCE = 8;

  @Inject EventRows rows;
  @Inject WebhookSettings settings;
  @Inject Clock clock;

  @Resource(lookup = "concurrent/skep")
  ManagedScheduledExecutorService executor;

  private final Semaphore hands = new Semaphore(AT_ONCE);

  /** Starts as many due deliveries as there are hands free. */
  void sendDue() {
    int free = hands.availablePermits();
    if (free > 0) {
      rows.claim(free).forEach(this::start);
    }
  }

  private void start(Delivery delivery) {
    hands.acquireUninterruptibly();
    try {
      executor.execute(() -> carry(delivery));
    } catch (RejectedExecutionException e) { // the server is stopping
      hands.release();
      throw e;
    }
  }

  private void carry(Delivery delivery) {
    try {
      deliver(delivery);
    } catch (RuntimeException e) {
      // The event stays claimed and is due again in a minute.
      LOG.log(Level.ERROR, "delivery of the event " + delivery.event() + " broke off", e);
    } finally {
      hands.release();
    }
  }

  private void deliver(Delivery delivery) {
    try {
      int status = post(delivery);
      if (status >= 200 && status < 300) {
        rows.delivered(delivery, status);
      } else {
        failed(delivery, Failure.after(delivery.tries(), status, "answered " + status));
      }
    } catch (IOException | SkepException e) {
      failed(delivery, Failure.after(delivery.tries(), null, String.valueOf(e.getMessage())));
    }
  }

  private int post(Delivery delivery) throws IOException {
    Reach reach = settings.reach();
    URI url = reach.check(delivery.url());
    SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
    return new Post(tls, executor, LIMIT)
        .send(
            url,
            reach.resolve(url),
            headers(delivery),
            delivery.body().getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, String> headers(Delivery delivery) {
    Instant now = clock.instant();
    Map<String, String> headers = new TreeMap<>();
    headers.put("Content-Type", CloudEvent.MEDIA_TYPE);
    headers.put("User-Agent", "skep-webhooks/1");
    headers.put("Skep-Event-Id", delivery.event().toString());
    headers.put("Skep-Timestamp", Long.toString(now.getEpochSecond()));
    headers.put("Skep-Signature", delivery.secret().sign(now, delivery.body()));
    return headers;
  }

  private void failed(Delivery delivery, Failure failure) {
    rows.failed(delivery, failure);
    if (failure.isGone()) {
      rows.disable(delivery.webhook(), 0, "its receiver answered 410 Gone");
    } else {
      int limit = settings.failures();
      rows.disable(delivery.webhook(), limit, limit + " tries in a row failed");
    }
  }
}
