package dev.skep.provider.stream;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.stream.StreamFrame;
import dev.skep.protocol.stream.StreamFrames;
import dev.skep.protocol.yamux.YamuxException;
import dev.skep.protocol.yamux.YamuxLimits;
import dev.skep.protocol.yamux.YamuxListener;
import dev.skep.protocol.yamux.YamuxPump;
import dev.skep.protocol.yamux.YamuxSession;
import dev.skep.protocol.yamux.YamuxStream;
import dev.skep.provider.queen.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one plane to the queen for the session there is, and dials again when it breaks. Three
 * threads, however many streams: one that dials and pings, two that move bytes.
 */
public final class StreamPlane implements JobStreams {
  private static final System.Logger LOG = System.getLogger(StreamPlane.class.getName());
  private static final long PING_SECONDS = 10;
  private static final long PONG_SECONDS = 30;

  private final PlaneDialer dialer;
  private final Backoff backoff = new Backoff();
  private final Thread thread;
  private @Nullable Login login;
  private @Nullable Login refused;
  private @Nullable YamuxPump pump;
  private volatile @Nullable YamuxSession yamux;
  private boolean closed;

  private record Login(String password, Consumer<AttemptRef> cancel) {}

  /** Starts its thread, which waits for the first session. */
  public StreamPlane(PlaneDialer dialer) {
    this.dialer = dialer;
    this.thread = new Thread(this::run, "stream-plane");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public synchronized void session(String password, Consumer<AttemptRef> cancel) {
    login = new Login(password, cancel);
    yamux = null;
    backoff.reset();
    hangUp();
    notifyAll();
  }

  @Override
  public synchronized boolean awaitPlane(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    long left = patience.toMillis();
    while (left > 0 && yamux == null && !closed && refused != login) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return yamux != null;
  }

  @Override
  public Telling tell(AttemptRef attempt, Duration limit) {
    return new AttemptTelling(attempt, limit, () -> yamux);
  }

  @Override
  public synchronized void close() {
    closed = true;
    hangUp();
    notifyAll();
  }

  private void hangUp() {
    YamuxPump open = pump;
    if (open != null) {
      open.close();
    }
  }

  private void run() {
    try {
      Login mine = awaitLogin(null);
      while (mine != null) {
        mine = serve(mine);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The login there is, once it is another than {@code spent}; null when the plane is closed. */
  private synchronized @Nullable Login awaitLogin(@Nullable Login spent)
      throws InterruptedException {
    while (!closed && login == spent) {
      wait();
    }
    return closed ? null : login;
  }

  /** Dials and serves one connection; says with which login to go on. */
  private @Nullable Login serve(Login mine) throws InterruptedException {
    try {
      converse(mine);
    } catch (PlaneRefusedException e) {
      LOG.log(System.Logger.Level.INFO, "no stream plane in this session: {0}", e.getMessage());
      refused(mine);
      return awaitLogin(mine);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the stream plane broke", e);
    }
    return pauseAndAsk();
  }

  private synchronized void refused(Login mine) {
    refused = mine;
    notifyAll();
  }

  private synchronized @Nullable Login pauseAndAsk() throws InterruptedException {
    if (!closed) {
      wait(Math.max(1, backoff.next().toMillis()));
    }
    return closed ? null : login;
  }

  private void converse(Login mine) throws IOException, InterruptedException {
    PlaneDialer.Wire wire = dialer.dial(mine.password());
    YamuxSession session =
        new YamuxSession(
            YamuxSession.Side.CLIENT, YamuxLimits.DEFAULT, new Ear(mine.cancel()), () -> {});
    YamuxPump moving = new YamuxPump(session, wire.input(), wire.output(), wire.connection());
    if (!take(mine, moving)) {
      return;
    }
    try {
      moving.start(StreamPlane::mover);
      YamuxStream control = session.open();
      control.offer(StreamFrame.control().toBytes());
      stands(mine, session);
      keepAlive(session);
    } finally {
      yamux = null;
      moving.close();
      moving.await();
    }
  }

  private synchronized boolean take(Login mine, YamuxPump moving) {
    boolean wanted = !closed && login == mine;
    pump = wanted ? moving : null;
    if (!wanted) {
      moving.close();
    }
    return wanted;
  }

  private synchronized void stands(Login mine, YamuxSession session) {
    yamux = login == mine ? session : null;
    notifyAll();
  }

  private static Thread mover(Runnable task) {
    Thread thread = new Thread(task, "stream-plane-io");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns when the session is over, or its other end gave no sign of life. */
  private void keepAlive(YamuxSession session) throws InterruptedException {
    boolean alive = true;
    while (alive && session.over() == null) {
      alive = pings(session);
      if (alive) {
        backoff.reset();
        session.awaitOver(Duration.ofSeconds(PING_SECONDS));
      }
    }
  }

  private static boolean pings(YamuxSession session) throws InterruptedException {
    try {
      session.ping().get(PONG_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Hears what the queen says: a cancel on the control stream; she opens no streams. */
  private static final class Ear implements YamuxListener {
    private final Consumer<AttemptRef> cancel;
    private final StreamFrames frames = new StreamFrames();
    private final byte[] bytes = new byte[4096];

    Ear(Consumer<AttemptRef> cancel) {
      this.cancel = cancel;
    }

    @Override
    public void opened(YamuxStream stream) {
      stream.reset();
    }

    @Override
    public void changed(YamuxStream stream) {
      try {
        int count = stream.poll(bytes);
        while (count > 0) {
          frames.feed(bytes, count, this::hear);
          count = stream.poll(bytes);
        }
      } catch (YamuxException | SkepException e) { // nobody listens to that stream any more
        stream.reset();
      }
    }

    private void hear(StreamFrame frame) {
      if (frame.kind() == StreamFrame.Kind.CANCEL) {
        cancel.accept(frame.attempt());
      }
    }
  }
}
