package dev.skep.queen.dispatch;

import java.util.ArrayDeque;

/**
 * Which RESULTS messages of one session are done: the acknowledgement is cumulative, so a message
 * is reported only when all before it are done as well.
 */
final class AckWindow {
  private final ArrayDeque<Entry> open = new ArrayDeque<>();
  private long done;

  /** One message whose results are not all durable yet. */
  final class Entry {
    private final long sequence;
    private int waiting;

    private Entry(long sequence, int results) {
      this.sequence = sequence;
      this.waiting = results;
    }

    /** One of its results is durable or refused; true when the acknowledgement moved on. */
    boolean settleOne() {
      waiting--;
      return advance();
    }
  }

  Entry open(long sequence, int results) {
    Entry entry = new Entry(sequence, results);
    open.add(entry);
    return entry;
  }

  /** The highest sequence that may be acknowledged. */
  long done() {
    return done;
  }

  private boolean advance() {
    long before = done;
    for (Entry head = open.peek(); head != null && head.waiting <= 0; head = open.peek()) {
      done = head.sequence;
      open.remove();
    }
    return done > before;
  }
}
