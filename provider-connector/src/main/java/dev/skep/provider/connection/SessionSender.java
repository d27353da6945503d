package dev.skep.provider.connection;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.protocol.wire.Pull;
import dev.skep.protocol.wire.Results;
import dev.skep.protocol.wire.SlotReports;
import dev.skep.protocol.wire.SlotReports.SlotReport;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.provider.result.ResultOutbox;
import dev.skep.provider.slot.Seats;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The one thread of a session that sends. What happened while the last message went out is sent
 * together with the next: no message per job under load. Without news it is the heartbeat.
 */
final class SessionSender implements Runnable {
  /** The longest silence before results are looked at again for resending. */
  private static final long TICK_MILLIS = 1000;

  /** So many reports fit one message however long the problems they tell are. */
  private static final int MOST_REPORTS = 50;

  private final SessionChannel channel;
  private final Seats seats;
  private final ResultOutbox outbox;
  private final Duration heartbeat;
  private final Consumer<SkepException> losses;

  private boolean slotsDue = true;
  private boolean pullDue = true;
  private boolean resultsDue = true;
  private boolean busy;
  private boolean ended;
  private long lastPullNanos;
  private List<SlotReport> lastReports = List.of();

  SessionSender(
      SessionChannel channel,
      Seats seats,
      ResultOutbox outbox,
      Duration heartbeat,
      Consumer<SkepException> losses) {
    this.channel = channel;
    this.seats = seats;
    this.outbox = outbox;
    this.heartbeat = heartbeat;
    this.losses = losses;
  }

  synchronized void slotsChanged() {
    slotsDue = true;
    pullDue = true;
    notifyAll();
  }

  synchronized void resultsWait() {
    resultsDue = true;
    notifyAll();
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  @Override
  public void run() {
    try {
      while (awaitWork()) {
        sendSlots();
        sendResults();
        sendPull();
      }
    } catch (SkepException e) {
      losses.accept(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(); // nobody must wait for words that will not be said
    }
  }

  private synchronized boolean awaitWork() throws InterruptedException {
    busy = false;
    notifyAll();
    while (!ended && !slotsDue && !pullDue && !resultsDue) {
      wait(Math.min(TICK_MILLIS, Math.max(1, millisToHeartbeat())));
      pullDue |= millisToHeartbeat() <= 0;
      resultsDue |= outbox.hasDue();
    }
    busy = true;
    return !ended;
  }

  private long millisToHeartbeat() {
    return heartbeat.toMillis() - (System.nanoTime() - lastPullNanos) / 1_000_000;
  }

  private void sendSlots() {
    synchronized (this) {
      if (!slotsDue) {
        return;
      }
      slotsDue = false;
    }
    List<SlotReport> reports =
        seats.reports().stream().map(this::untilAccepted).map(this::understood).toList();
    List<SlotReport> news = reports.stream().filter(r -> !lastReports.contains(r)).toList();
    for (int from = 0; from < news.size(); from += MOST_REPORTS) {
      int to = Math.min(news.size(), from + MOST_REPORTS);
      channel.send(new SlotReports(news.subList(from, to)));
    }
    lastReports = reports;
  }

  /**
   * With a slot that left, the queen gives up what it still held: before she has its last results
   * it is said to drain.
   */
  private SlotReport untilAccepted(SlotReport report) {
    return report.state() == SlotState.LEFT && !outbox.isEmpty()
        ? new SlotReport(report.slot(), SlotState.DRAINING, report.containerId(), report.problem())
        : report;
  }

  /**
   * A queen from before these states takes such a slot for a warm one; its credits tell the rest.
   */
  private SlotReport understood(SlotReport report) {
    return channel.understands(report.state())
        ? report
        : new SlotReport(report.slot(), SlotState.WARM, report.containerId(), report.problem());
  }

  private void sendResults() {
    synchronized (this) {
      resultsDue = false;
    }
    List<AttemptResult> batch = outbox.take(channel.nextSequence());
    while (!batch.isEmpty()) {
      channel.send(new Results(batch));
      batch = outbox.take(channel.nextSequence());
    }
  }

  private void sendPull() {
    synchronized (this) {
      if (!pullDue) {
        return;
      }
      pullDue = false;
      lastPullNanos = System.nanoTime();
    }
    channel.send(new Pull(seats.credits(), held()));
  }

  private List<AttemptRef> held() {
    Set<AttemptRef> held = new LinkedHashSet<>(seats.held());
    held.addAll(outbox.unanswered());
    return held.stream().limit(WireLimits.MAX_ITEMS).toList();
  }

  /** Waits until what is due now has been handed to the transport. */
  synchronized void flush(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!ended && (busy || slotsDue || pullDue || resultsDue) && System.nanoTime() < end) {
      notifyAll();
      wait(20);
    }
  }
}
