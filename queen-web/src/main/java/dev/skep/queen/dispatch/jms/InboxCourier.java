package dev.skep.queen.dispatch.jms;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.wire.Accepted;
import dev.skep.protocol.wire.Blob;
import dev.skep.protocol.wire.Message;
import dev.skep.queen.dispatch.BlobRef;
import dev.skep.queen.dispatch.Courier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends what the dispatcher says from one thread: whatever gathered while the last send ran becomes
 * one message per inbox and kind.
 */
public final class InboxCourier implements Courier, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(InboxCourier.class.getName());
  private static final int MOST_AT_ONCE = 1024;
  private static final byte[] NOTHING = {};

  private final Wires wires;
  private final Inboxes inboxes;
  private final Consumer<SessionId> gone;
  private final LinkedBlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final Map<SessionId, Long> acknowledged = new HashMap<>();
  private final Thread thread;
  private volatile boolean closing;

  private record Item(SessionId session, Consumer<Bundle> put) {}

  /** {@code gone} is told, on the sending thread, when an inbox does not exist any more. */
  InboxCourier(Wires wires, Inboxes inboxes, Consumer<SessionId> gone, ThreadFactory threads) {
    this.wires = wires;
    this.inboxes = inboxes;
    this.gone = gone;
    this.thread = threads.newThread(this::run);
    thread.setName("inbox-courier");
    thread.start();
  }

  @Override
  public void offer(SessionId session, Offer offer) {
    add(session, bundle -> bundle.offer(worded(offer)));
  }

  private static dev.skep.protocol.wire.Offer worded(Offer offer) {
    Blob blob =
        BlobRef.of(offer.input()).map(ref -> new Blob(ref.sha256(), ref.size())).orElse(null);
    return new dev.skep.protocol.wire.Offer(
        offer.attempt(),
        offer.slot(),
        offer.pool(),
        blob == null ? offer.input() : NOTHING,
        offer.runLimitMillis(),
        offer.stream(),
        blob);
  }

  @Override
  public void cancel(SessionId session, AttemptRef attempt) {
    add(session, bundle -> bundle.cancel(attempt));
  }

  @Override
  public void accepted(SessionId session, long upTo) {
    add(session, bundle -> bundle.accepted(upTo));
  }

  @Override
  public void refused(SessionId session, AttemptRef attempt, Problem why) {
    Accepted.Refusal refusal = new Accepted.Refusal(attempt, why.code(), why.fault(), why.detail());
    add(session, bundle -> bundle.refused(refusal));
  }

  @Override
  public void goodbye(SessionId session, String reason) {
    add(session, bundle -> bundle.goodbye(reason));
  }

  /** Sends what waits and ends the thread. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void add(SessionId session, Consumer<Bundle> put) {
    queue.add(new Item(session, put));
  }

  private void run() {
    List<Item> items = new ArrayList<>();
    while (!closing || !queue.isEmpty()) {
      try {
        Item first = queue.poll(200, TimeUnit.MILLISECONDS);
        if (first != null) {
          items.add(first);
          queue.drainTo(items, MOST_AT_ONCE);
          send(items);
          items.clear();
        }
      } catch (InterruptedException e) {
        closing = true;
      }
    }
    inboxes.close();
  }

  private void send(List<Item> items) {
    Map<SessionId, Bundle> bundles = new LinkedHashMap<>();
    for (Item item : items) {
      item.put().accept(bundles.computeIfAbsent(item.session(), session -> new Bundle()));
    }
    bundles.forEach(this::send);
  }

  private void send(SessionId session, Bundle bundle) {
    Wire wire = wires.find(session);
    if (wire == null) {
      acknowledged.remove(session);
      return;
    }
    long last = acknowledged.merge(session, Math.max(0, bundle.upTo()), Math::max);
    try {
      for (Message message : bundle.messages(last)) {
        inboxes.send(wire.inbox, wire.seal(message));
      }
    } catch (Inboxes.InboxGone e) {
      LOG.log(System.Logger.Level.INFO, "session {0} is gone: {1}", session, e.getMessage());
      gone.accept(session);
    } catch (RuntimeException e) { // the thread must outlive one bad message
      LOG.log(System.Logger.Level.ERROR, "a message for session " + session + " was not sent", e);
      gone.accept(session);
    }
  }
}
