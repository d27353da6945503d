package dev.skep.protocol.yamux;

import static dev.skep.protocol.yamux.FrameHeader.ACK;
import static dev.skep.protocol.yamux.FrameHeader.DATA;
import static dev.skep.protocol.yamux.FrameHeader.FIN;
import static dev.skep.protocol.yamux.FrameHeader.RST;
import static dev.skep.protocol.yamux.FrameHeader.SYN;
import static dev.skep.protocol.yamux.FrameHeader.WINDOW_UPDATE;
import static dev.skep.protocol.yamux.YamuxLimits.WINDOW;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a session: bytes in order both ways, each way closed by its writer. A writer waits
 * while its reader is slow; other streams do not. Thread-safe; one reader and one writer at a time.
 */
public final class YamuxStream {

  private final YamuxSession session;
  private final int id;
  private final Condition change;
  private final ByteRing in = new ByteRing(WINDOW);
  private final ByteRing out;
  private volatile @Nullable Object attachment;

  // All below is guarded by the session's lock.
  private long sendWindow = WINDOW;
  private int receiveWindow = WINDOW;
  private int toGrant;
  private int flagsDue;
  private boolean opened;
  private boolean acknowledged;
  private boolean finSent;
  private boolean finishing;
  private boolean finReceived;
  private @Nullable YamuxException dead;
  private boolean tellReset;
  boolean queued;

  YamuxStream(YamuxSession session, int id, boolean ours) {
    this.session = session;
    this.id = id;
    this.change = session.newCondition();
    this.out = new ByteRing(session.limits().maxUnsent());
    this.flagsDue = ours ? SYN : ACK;
    this.opened = !ours;
    this.acknowledged = !ours;
  }

  /** Odd when the connection's client opened it. */
  public int id() {
    return id;
  }

  /** Whatever the owner of this end wants to find again. */
  public void attach(Object owner) {
    attachment = owner;
  }

  public @Nullable Object attachment() {
    return attachment;
  }

  /**
   * Hands bytes over, waiting while the reader is behind.
   *
   * @throws SocketTimeoutException the reader did not catch up in time; a part may have gone
   * @throws YamuxException the stream was reset or its session is over
   */
  public void write(byte[] bytes, Duration patience) throws IOException, InterruptedException {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    long left = patience.toNanos();
    while (from.hasRemaining()) {
      session.lock();
      try {
        checkWritable();
        while (out.space() == 0) {
          left = await(left, "write");
          checkWritable();
        }
        out.put(from, Math.min(out.space(), from.remaining()));
        session.schedule(this);
      } finally {
        session.unlockAndWake();
      }
    }
  }

  /** Hands all bytes over if they can be taken at once; says false and takes none otherwise. */
  public boolean offer(byte[] bytes) {
    session.lock();
    try {
      if (dead != null || finishing || out.space() < bytes.length) {
        return false;
      }
      out.put(ByteBuffer.wrap(bytes), bytes.length);
      session.schedule(this);
      return true;
    } finally {
      session.unlockAndWake();
    }
  }

  private void checkWritable() throws YamuxException {
    if (dead != null) {
      throw dead;
    } else if (finishing) {
      throw YamuxException.over("this end of the stream is closed");
    }
  }

  private long await(long nanos, String what) throws IOException, InterruptedException {
    long left = change.awaitNanos(nanos);
    if (left <= 0) {
      throw new SocketTimeoutException("stream " + id + ": the " + what + " took too long");
    }
    return left;
  }

  /** Ends our direction once everything written is sent; reading goes on. */
  public void finish() {
    session.lock();
    try {
      if (dead == null && !finishing) {
        finishing = true;
        session.schedule(this);
      }
    } finally {
      session.unlockAndWake();
    }
  }

  /** Drops the stream in both directions at once. */
  public void reset() {
    session.lock();
    try {
      if (dead == null) {
        resetLocked("this side reset the stream");
      }
    } finally {
      session.unlockAndWake();
    }
  }

  /**
   * Waits for bytes and reads some; -1 at the stream's end.
   *
   * @throws YamuxException the stream was reset or its session is over
   */
  public int read(byte[] into, Duration patience) throws IOException, InterruptedException {
    long left = patience.toNanos();
    session.lock();
    try {
      while (in.size() == 0 && !finReceived && dead == null) {
        left = await(left, "read");
      }
      return poll(into);
    } finally {
      session.unlockAndWake();
    }
  }

  /** Reads what is there: 0 when that is nothing yet, -1 at the stream's end. */
  public int poll(byte[] into) throws YamuxException {
    session.lock();
    try {
      if (dead != null) {
        throw dead;
      }
      int count = Math.min(in.size(), into.length);
      if (count == 0) {
        return finReceived ? -1 : 0;
      }
      in.take(ByteBuffer.wrap(into), count);
      consumed(count);
      return count;
    } finally {
      session.unlockAndWake();
    }
  }

  /**
   * Takes what is there, at most that many bytes, in an array of just that size; empty when that is
   * nothing yet, null at the stream's end.
   */
  public byte @Nullable [] take(int most) throws YamuxException {
    session.lock();
    try {
      if (dead != null) {
        throw dead;
      }
      byte[] bytes = new byte[Math.min(in.size(), most)];
      int count = poll(bytes);
      return count < 0 ? null : bytes;
    } finally {
      session.unlockAndWake();
    }
  }

  /** Whether the stream was reset, or its session is over. */
  public boolean isDead() {
    session.lock();
    try {
      return dead != null;
    } finally {
      session.unlockAndWake();
    }
  }

  private void consumed(int count) {
    session.buffered(-count);
    toGrant += count;
    if (!finReceived && toGrant >= WINDOW / 2) {
      session.schedule(this);
    }
  }

  // ---- what the session does, under its lock

  /** The peer announces a frame of data; refuses what its credit does not cover. */
  void announce(long length) throws YamuxException {
    if (finReceived && length > 0) {
      throw YamuxException.violation("data after the end of stream " + id);
    } else if (length > receiveWindow) {
      throw YamuxException.violation("data beyond the window of stream " + id);
    }
    receiveWindow -= (int) length;
  }

  void receive(ByteBuffer bytes, int count) {
    in.put(bytes, count);
    change.signalAll();
  }

  void credit(long delta) throws YamuxException {
    sendWindow += delta;
    if (sendWindow > Integer.MAX_VALUE) {
      throw YamuxException.violation("a window without measure on stream " + id);
    }
    session.schedule(this);
  }

  void acknowledged() {
    acknowledged = true;
  }

  boolean isUnacknowledged() {
    return opened && !acknowledged;
  }

  void endReceived() {
    finReceived = true;
    toGrant = 0;
    change.signalAll();
  }

  /** Over at once, without a word to the peer. */
  void die(YamuxException why) {
    if (dead == null) {
      dead = why;
      session.buffered(-in.size());
      in.clear();
      out.clear();
      change.signalAll();
    }
  }

  void resetLocked(String why) {
    die(YamuxException.over(why));
    tellReset = opened;
    session.schedule(this);
    session.forget(this);
  }

  boolean needsOpening() {
    return !opened;
  }

  void opening() {
    opened = true;
  }

  boolean isOver() {
    return dead != null || (finSent && finReceived);
  }

  /** Whether there is a frame to send now. */
  boolean isReady() {
    if (dead != null) {
      return tellReset;
    }
    return flagsDue != 0 || grantIsDue() || dataIsDue() || finIsDue();
  }

  private boolean grantIsDue() {
    return toGrant >= WINDOW / 2;
  }

  private boolean dataIsDue() {
    return out.size() > 0 && sendWindow > 0;
  }

  private boolean finIsDue() {
    return finishing && !finSent && out.size() == 0;
  }

  /** Writes one frame; the buffer has room for a header and some data. */
  void emit(ByteBuffer into) {
    if (dead != null) {
      tellReset = false;
      new FrameHeader(WINDOW_UPDATE, RST, id, 0).put(into);
    } else if (grantIsDue() || !dataIsDue()) {
      emitWindow(into);
    } else {
      emitData(into);
    }
  }

  private void emitWindow(ByteBuffer into) {
    int flags = takeFlags(finIsDue());
    int grant = toGrant;
    toGrant = 0;
    receiveWindow += grant;
    new FrameHeader(WINDOW_UPDATE, flags, id, grant).put(into);
  }

  private void emitData(ByteBuffer into) {
    int room = Math.min(into.remaining() - FrameHeader.BYTES, YamuxLimits.MAX_FRAME);
    int count = (int) Math.min(Math.min(out.size(), sendWindow), room);
    boolean last = finishing && count == out.size();
    new FrameHeader(DATA, takeFlags(last), id, count).put(into);
    out.take(into, count);
    sendWindow -= count;
    change.signalAll();
  }

  private int takeFlags(boolean last) {
    int flags = flagsDue | (last ? FIN : 0);
    flagsDue = 0;
    finSent |= last;
    return flags;
  }
}
