package dev.skep.protocol.yamux;

import static dev.skep.protocol.yamux.FrameHeader.ACK;
import static dev.skep.protocol.yamux.FrameHeader.FIN;
import static dev.skep.protocol.yamux.FrameHeader.RST;
import static dev.skep.protocol.yamux.FrameHeader.SYN;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Many streams over one connection that somebody else reads and writes: bytes that came are handed
 * to {@link #receive}, bytes to send are taken by {@link #drain}. Thread-safe; one thread at a time
 * receives and one drains.
 *
 * <p>The peer is not trusted. What it announces is checked before it costs anything: memory is
 * bounded by {@link YamuxLimits}, and a violation ends the session with a GO AWAY.
 */
public final class YamuxSession {

  /** Which end of the connection this is; it decides the numbers of streams. */
  public enum Side {
    /** Dialled. */
    CLIENT,
    /** Was dialled. */
    SERVER
  }

  private static final int LEAST_ROOM = FrameHeader.BYTES + 1;

  private final YamuxLimits limits;
  private final YamuxListener listener;
  private final Runnable wake;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition output = lock.newCondition();
  private final Condition ending = lock.newCondition();
  private final StreamTable streams;
  private final Outbox outbox;
  private final FloodGuard pings;
  private final Set<YamuxStream> touched = new LinkedHashSet<>();
  private final List<YamuxStream> fresh = new ArrayList<>();
  private final List<YamuxStream> ended = new ArrayList<>();
  private final ByteBuffer head = ByteBuffer.allocate(FrameHeader.BYTES);

  private @Nullable FrameHeader frame;
  private @Nullable YamuxStream target;
  private long payloadLeft;
  private long buffered;
  private boolean wakeDue;
  private boolean peerLeaves;
  private @Nullable YamuxException over;
  private @Nullable CompletableFuture<Void> pong;

  /** {@code wake} is called, on any thread, when there is something to drain again. */
  public YamuxSession(Side side, YamuxLimits limits, YamuxListener listener, Runnable wake) {
    this.limits = limits;
    this.listener = listener;
    this.wake = wake;
    this.streams = new StreamTable(side, limits);
    this.outbox = new Outbox(limits);
    this.pings = new FloodGuard("pings", limits.pingsPerSecond(), System::nanoTime);
  }

  /**
   * Opens a stream; it may be written to at once.
   *
   * @throws YamuxException the session is over, or the peer takes no new streams
   */
  public YamuxStream open() throws YamuxException {
    lock.lock();
    try {
      if (over != null) {
        throw over;
      } else if (peerLeaves) {
        throw YamuxException.over("the peer takes no new streams");
      }
      YamuxStream stream = streams.open(this);
      schedule(stream);
      return stream;
    } finally {
      unlockAndWake();
    }
  }

  /**
   * Takes in what came from the peer.
   *
   * @throws YamuxException the peer broke the protocol or a limit; the session is over, and what
   *     {@link #drain} still gives is the farewell to send before closing
   */
  public void receive(ByteBuffer bytes) throws YamuxException {
    YamuxException violation = null;
    lock.lock();
    try {
      while (over == null && bytes.hasRemaining()) {
        if (payloadLeft > 0) {
          payload(bytes);
        } else {
          header(bytes);
        }
      }
    } catch (YamuxException e) {
      fail(e);
      violation = e;
    } finally {
      unlockAndWake();
    }
    tell();
    if (violation != null) {
      throw violation;
    }
  }

  /** One thread receives, so that these lists are its own outside the lock too. */
  private void tell() {
    fresh.forEach(listener::opened);
    fresh.clear();
    touched.forEach(listener::changed);
    touched.clear();
    tellEnded();
  }

  private void tellEnded() {
    List<YamuxStream> streamsOver;
    lock.lock();
    try {
      streamsOver = List.copyOf(ended);
      ended.clear();
    } finally {
      lock.unlock();
    }
    streamsOver.forEach(listener::changed);
  }

  private void header(ByteBuffer bytes) throws YamuxException {
    while (bytes.hasRemaining() && head.hasRemaining()) {
      head.put(bytes.get());
    }
    if (!head.hasRemaining()) {
      FrameHeader next = FrameHeader.read(head.flip());
      head.clear();
      begin(next);
    }
  }

  private void begin(FrameHeader next) throws YamuxException {
    switch (next.type()) {
      case FrameHeader.PING -> ping(next);
      case FrameHeader.GO_AWAY -> goAway(next);
      default -> ofStream(next);
    }
  }

  private void ping(FrameHeader ping) throws YamuxException {
    pings.one();
    if (ping.has(SYN)) {
      outbox.reply(new FrameHeader(FrameHeader.PING, ACK, 0, ping.length()));
      wakeDue = true;
    } else if (pong != null) {
      pong.complete(null);
      pong = null;
    }
  }

  private void goAway(FrameHeader leave) {
    peerLeaves = true;
    if (leave.length() != YamuxException.NORMAL) {
      end(YamuxException.over("the peer ended the session with code " + leave.unsignedLength()));
    }
  }

  private void ofStream(FrameHeader next) throws YamuxException {
    YamuxStream stream = next.has(SYN) ? accept(next) : streams.find(next.stream());
    frame = next;
    target = stream;
    payloadLeft = next.type() == FrameHeader.DATA ? next.unsignedLength() : 0;
    if (stream == null) {
      checkStray(next);
    } else {
      ofStream(stream, next);
    }
    if (payloadLeft == 0) {
      endOfFrame();
    }
  }

  /** Frames may be under way to a stream that we have forgotten; no honest frame is longer. */
  private static void checkStray(FrameHeader next) throws YamuxException {
    if (next.type() == FrameHeader.DATA && next.unsignedLength() > YamuxLimits.WINDOW) {
      throw YamuxException.violation("a frame of " + next.unsignedLength() + " bytes");
    }
  }

  private void ofStream(YamuxStream stream, FrameHeader next) throws YamuxException {
    if (next.has(ACK)) {
      streams.acknowledged(stream).forEach(this::schedule);
    }
    if (next.type() == FrameHeader.DATA) {
      stream.announce(next.unsignedLength());
    } else {
      stream.credit(next.unsignedLength());
    }
  }

  private @Nullable YamuxStream accept(FrameHeader next) throws YamuxException {
    YamuxStream stream = over == null ? streams.accept(this, next.stream()) : null;
    if (stream == null) {
      outbox.reply(new FrameHeader(FrameHeader.WINDOW_UPDATE, RST, next.stream(), 0));
      wakeDue = true;
    } else {
      fresh.add(stream);
      schedule(stream);
    }
    return stream;
  }

  private void payload(ByteBuffer bytes) {
    int count = (int) Math.min(payloadLeft, bytes.remaining());
    payloadLeft -= count;
    YamuxStream stream = target;
    if (stream == null || stream.isOver()) {
      bytes.position(bytes.position() + count);
    } else if (buffered + count > limits.maxBuffered()) {
      bytes.position(bytes.position() + count);
      stream.resetLocked("the session holds as much unread data as it may");
      touched.add(stream);
    } else {
      buffered(count);
      stream.receive(bytes, count);
      touched.add(stream);
    }
    if (payloadLeft == 0) {
      endOfFrame();
    }
  }

  private void endOfFrame() {
    YamuxStream stream = target;
    FrameHeader ended = frame;
    target = null;
    frame = null;
    if (stream == null || ended == null || stream.isOver()) {
      return;
    }
    if (ended.has(RST)) {
      stream.die(YamuxException.over("the peer reset the stream"));
      forget(stream);
      touched.add(stream);
    } else if (ended.has(FIN)) {
      stream.endReceived();
      forgetIfOver(stream);
      touched.add(stream);
    }
  }

  /** Fills a buffer with frames to send, streams in turn; says how many bytes it put. */
  public int drain(ByteBuffer into) {
    int before = into.position();
    lock.lock();
    try {
      while (into.remaining() >= LEAST_ROOM && outbox.emit(into, this::forgetIfOver)) {
        // each turn is one frame
      }
      return into.position() - before;
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is something to drain. */
  public boolean hasOutput() {
    lock.lock();
    try {
      return outbox.hasFrames();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something to drain or the session is over; says whether there is. */
  boolean awaitOutput(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!outbox.hasFrames() && over == null && left > 0) {
        left = output.awaitNanos(left);
      }
      return outbox.hasFrames();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the session is over, at most that long. */
  public void awaitOver(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (over == null && left > 0) {
        left = ending.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Asks the peer for a sign of life; completes when it came, fails when the session ends. */
  public CompletableFuture<Void> ping() {
    lock.lock();
    try {
      CompletableFuture<Void> waiting = pong;
      if (waiting == null) {
        waiting = new CompletableFuture<>();
        pong = waiting;
        outbox.say(new FrameHeader(FrameHeader.PING, SYN, 0, 0));
        wakeDue = true;
      }
      if (over != null) {
        waiting.completeExceptionally(over);
      }
      return waiting;
    } finally {
      unlockAndWake();
    }
  }

  /** Says that no new stream is wanted; those that are open go on. */
  public void goAway() {
    lock.lock();
    try {
      outbox.say(new FrameHeader(FrameHeader.GO_AWAY, 0, 0, YamuxException.NORMAL));
      wakeDue = true;
    } finally {
      unlockAndWake();
    }
  }

  /** The connection is gone or not wanted any more: every stream is over. Idempotent. */
  public void close(String why) {
    lock.lock();
    try {
      end(YamuxException.over(why));
    } finally {
      unlockAndWake();
    }
    tellEnded();
  }

  /** Why the session is over; null while it is not. */
  public @Nullable YamuxException over() {
    lock.lock();
    try {
      return over;
    } finally {
      lock.unlock();
    }
  }

  public int openStreams() {
    lock.lock();
    try {
      return streams.count();
    } finally {
      lock.unlock();
    }
  }

  private void fail(YamuxException violation) {
    end(violation);
    outbox.farewell(new FrameHeader(FrameHeader.GO_AWAY, 0, 0, violation.code()));
    wakeDue = true;
  }

  private void end(YamuxException why) {
    if (over == null) {
      over = why;
      ended.addAll(streams.removeAll());
      ended.forEach(stream -> stream.die(why));
      outbox.clear();
      if (pong != null) {
        pong.completeExceptionally(why);
      }
    }
    output.signalAll();
    ending.signalAll();
    wakeDue = true;
  }

  // ---- what its streams do, under the lock

  Condition newCondition() {
    return lock.newCondition();
  }

  YamuxLimits limits() {
    return limits;
  }

  void lock() {
    lock.lock();
  }

  /** Woken outside the lock: whoever drains may do so on this very thread. */
  void unlockAndWake() {
    boolean due = wakeDue && lock.getHoldCount() == 1;
    if (due) {
      wakeDue = false;
      output.signalAll();
    }
    lock.unlock();
    if (due) {
      wake.run();
    }
  }

  void buffered(int change) {
    buffered += change;
  }

  void schedule(YamuxStream stream) {
    if (over == null && stream.isReady() && !streams.mustWait(stream) && outbox.add(stream)) {
      wakeDue = true;
    }
  }

  void forget(YamuxStream stream) {
    streams.remove(stream).forEach(this::schedule);
  }

  private void forgetIfOver(YamuxStream stream) {
    if (stream.isOver()) {
      forget(stream);
    }
  }
}
