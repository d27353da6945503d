package dev.skep.provider.result;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.wire.Accepted;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.protocol.wire.WireLimits;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps every result until the queen has accepted or refused it, whatever happens to the connection
 * meanwhile. A result is due when it was never sent in this session, or when no answer came for
 * {@link #RESEND}. Thread-safe.
 */
public final class ResultOutbox {
  /** How long an answer may take before a result is sent again. */
  public static final Duration RESEND = Duration.ofSeconds(10);

  private static final Logger LOG = System.getLogger(ResultOutbox.class.getName());
  private static final long NOT_SENT = 0;

  private final InstantSource clock;
  private final Map<AttemptRef, Waiting> waiting = new LinkedHashMap<>();

  /** A result with the sequence and time of its last sending. */
  private static final class Waiting {
    final AttemptResult result;
    long sequence = NOT_SENT;
    long sentMillis;

    Waiting(AttemptResult result) {
      this.result = result;
    }
  }

  public ResultOutbox(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes a result; the first one of an attempt counts. */
  public synchronized void add(AttemptResult result) {
    waiting.putIfAbsent(result.attempt(), new Waiting(result));
  }

  /**
   * The results that are due, oldest first, as many as fit one message, marked as sent with this
   * sequence. Mark first, send then: the answer may be faster than the sender's return.
   */
  public synchronized List<AttemptResult> take(long sequence) {
    List<AttemptResult> batch = new ArrayList<>();
    long now = clock.millis();
    long bytes = 0;
    for (Waiting each : waiting.values()) {
      if (!isDue(each, now) || batch.size() == WireLimits.MAX_ITEMS) {
        continue;
      }
      bytes += size(each.result);
      if (!batch.isEmpty() && bytes > WireLimits.BATCH_BYTES) {
        break;
      }
      each.sequence = sequence;
      each.sentMillis = now;
      batch.add(each.result);
    }
    return batch;
  }

  /** At least what the result takes in a message, since a message that is too long never leaves. */
  private static long size(AttemptResult result) {
    Problem problem = result.problem();
    String hint = problem == null ? null : problem.hint();
    long words =
        problem == null ? 0 : problem.detail().length() + (hint == null ? 0 : hint.length());
    return 512L + result.output().length + 3L * (result.log().length() + words);
  }

  public synchronized boolean hasDue() {
    long now = clock.millis();
    return waiting.values().stream().anyMatch(each -> isDue(each, now));
  }

  private static boolean isDue(Waiting each, long now) {
    return each.sequence == NOT_SENT || now - each.sentMillis >= RESEND.toMillis();
  }

  /** Forgets what the queen has taken or refused. */
  public synchronized void accepted(Accepted accepted) {
    accepted.refused().forEach(this::refused);
    Iterator<Waiting> each = waiting.values().iterator();
    while (each.hasNext()) {
      long sequence = each.next().sequence;
      if (sequence != NOT_SENT && sequence <= accepted.upTo()) {
        each.remove();
      }
    }
  }

  private void refused(Accepted.Refusal refusal) {
    if (waiting.remove(refusal.attempt()) != null) {
      LOG.log(
          Level.WARNING,
          "attempt {0}: the queen refused the result: {1} (fault {2}): {3}",
          refusal.attempt(),
          refusal.code(),
          refusal.fault(),
          refusal.detail());
    }
  }

  /** A new session counts sequences afresh: everything is due again. */
  public synchronized void newSession() {
    waiting.values().forEach(each -> each.sequence = NOT_SENT);
  }

  /** What was not answered yet; its leases are still ours. */
  public synchronized List<AttemptRef> unanswered() {
    return List.copyOf(waiting.keySet());
  }

  public synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }
}
