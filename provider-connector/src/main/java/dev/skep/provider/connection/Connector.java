package dev.skep.provider.connection;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.wire.Accepted;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.protocol.wire.Cancel;
import dev.skep.protocol.wire.Goodbye;
import dev.skep.protocol.wire.Message;
import dev.skep.protocol.wire.Offers;
import dev.skep.provider.queen.Backoff;
import dev.skep.provider.result.ResultOutbox;
import dev.skep.provider.runtime.JobRuntime;
import dev.skep.provider.slot.LargePayloads;
import dev.skep.provider.slot.SeatListener;
import dev.skep.provider.slot.SeatState;
import dev.skep.provider.slot.Seats;
import dev.skep.provider.stream.JobStreams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A provider's presence in one pool: keeps its containers warm and its results safe while sessions
 * come and go. The queen, her broker or the network may die at any time; the connector comes back
 * by itself, with other slot ids but the same containers, and sends again what was not accepted.
 *
 * <p>A broken link is first dialled again within the session, which keeps slots and leases; only
 * when that fails is a new session opened.
 */
public final class Connector implements SeatListener {
  /** How long a leaving connector finishes what it holds. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What a repetition does not mend; 426 asks for another version of this program. */
  private static final Set<Integer> FINAL = Set.of(400, 404, 410, 422, 426);

  private static final Duration RENEWAL = Duration.ofSeconds(60);

  /** How long a session's end waits for what is to be told yet; usually it is told at once. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private enum End {
    LINK_LOST,
    SESSION_OVER,
    LEFT
  }

  private record Signal(int conversation, End end, SkepException why) {}

  private final int count;
  private final SessionDesk desk;
  private final LinkDialer dialer;
  private final ConnectorEvents events;
  private final InstantSource clock;
  private final Duration patience;
  private final JobStreams streams;
  private final Seats seats;
  private final ResultOutbox outbox;
  private final Backoff backoff = new Backoff();
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile int conversation;
  private volatile boolean stopping;
  private volatile boolean joined;
  private volatile @Nullable SessionSender sender;
  private volatile @Nullable SkepException ban;

  /**
   * What a connector needs from outside; {@code patience} is for leaving, see {@link #PATIENCE}.
   */
  public record Parts(
      SessionDesk desk,
      LinkDialer dialer,
      JobRuntime runtime,
      JobStreams streams,
      ConnectorEvents events,
      InstantSource clock,
      Duration patience,
      LargePayloads payloads) {

    /** Of a connector whose payloads all fit a message. */
    public Parts(
        SessionDesk desk,
        LinkDialer dialer,
        JobRuntime runtime,
        JobStreams streams,
        ConnectorEvents events,
        InstantSource clock,
        Duration patience) {
      this(desk, dialer, runtime, streams, events, clock, patience, LargePayloads.NONE);
    }
  }

  /** A connector that fills {@code count} slots, starting {@code parallelStarts} at a time. */
  public Connector(int count, int parallelStarts, Parts parts) {
    this.count = count;
    this.desk = parts.desk();
    this.dialer = parts.dialer();
    this.events = parts.events();
    this.clock = parts.clock();
    this.patience = parts.patience();
    this.streams = parts.streams();
    this.seats =
        new Seats(parts.runtime(), parts.streams(), parts.payloads(), parallelStarts, this);
    this.outbox = new ResultOutbox(parts.clock());
  }

  /**
   * Serves until {@link #stop} or until nothing can be done any more.
   *
   * @throws SkepException when the pool cannot be joined, the wallet is banned, or no seat can be
   *     kept
   */
  public void run() throws InterruptedException {
    try {
      while (!stopping) {
        Duration pause = serveAndJudge();
        awaitStop(pause);
      }
    } finally {
      seats.close();
      streams.close();
      events.left(outbox.unanswered().size());
      stopped.countDown();
    }
  }

  /** Runs one session to its end and says how long to wait before the next. */
  private Duration serveAndJudge() throws InterruptedException {
    SkepException why;
    try {
      why = serve();
      backoff.reset();
    } catch (SkepException e) {
      if (isFinal(e)) {
        throw e;
      }
      why = e;
    }
    checkSeats();
    Duration pause = stopping ? Duration.ZERO : backoff.next();
    if (!stopping) {
      events.interrupted(why, pause);
    }
    return pause;
  }

  private void awaitStop(Duration pause) throws InterruptedException {
    synchronized (this) {
      if (!stopping) {
        wait(Math.max(1, pause.toMillis()));
      }
    }
  }

  /** Before the first join every refusal is told; afterwards only what will not pass. */
  private boolean isFinal(SkepException e) {
    if (e == ban || !joined || e.code().contains("banned")) {
      return true;
    }
    int status = e.status();
    return !e.isRetryable() && FINAL.contains(status);
  }

  private SkepException serve() throws InterruptedException {
    SessionGrant grant = desk.open();
    End end = End.LINK_LOST;
    SkepException why = LinkProblem.lost("the session did not begin");
    try (SessionChannel channel = new SessionChannel(grant, this::handle)) {
      dial(channel);
      streams.session(grant.door().password(), seats::cancel);
      place(grant);
      do {
        Signal signal = converse(channel, grant);
        end = signal.end();
        why = signal.why();
      } while (end == End.LINK_LOST && redial(channel));
    } finally {
      if (end != End.LINK_LOST) {
        endQuietly(grant);
      }
    }
    return why;
  }

  private void place(SessionGrant grant) {
    int wanted = joined ? seats.serving() : count;
    Placement placement = takeSlots(grant, wanted);
    for (SlotId spare : seats.assign(placement.slots(), placement.job())) {
      desk.giveBack(grant, spare);
    }
    joined = true;
    events.connected(grant, wanted);
  }

  /** A pool whose job is refused here must not keep its slots until the session times out. */
  private Placement takeSlots(SessionGrant grant, int wanted) {
    try {
      return desk.takeSlots(grant, wanted);
    } catch (SkepException e) {
      endQuietly(grant);
      throw e;
    }
  }

  /** Each link has a conversation of its own, so that late news of the last one is told apart. */
  private void dial(SessionChannel channel) {
    int mine = ++conversation;
    channel.dial(dialer, why -> signal(mine, why));
  }

  private boolean redial(SessionChannel channel) {
    try {
      dial(channel);
      return true;
    } catch (SkepException e) {
      return false;
    }
  }

  /** Sends and listens until something ends the conversation. */
  private Signal converse(SessionChannel channel, SessionGrant grant) throws InterruptedException {
    int mine = conversation;
    outbox.newSession();
    SessionSender speaking =
        new SessionSender(
            channel, seats, outbox, grant.rhythm().heartbeat(), why -> signal(mine, why));
    sender = speaking;
    Thread thread = new Thread(speaking, "session-sender");
    thread.start();
    try {
      Signal signal = awaitSignal(mine, grant.expiresAt());
      if (signal.end() == End.SESSION_OVER) {
        speaking.flush(LAST_WORDS);
      }
      return signal.end() == End.LEFT ? leave(speaking, signal) : signal;
    } finally {
      sender = null;
      speaking.end();
      thread.join(TimeUnit.SECONDS.toMillis(10));
    }
  }

  private Signal awaitSignal(int mine, Instant expiresAt) throws InterruptedException {
    while (!stopping) {
      long left = Duration.between(clock.instant(), expiresAt.minus(RENEWAL)).toMillis();
      Signal signal = signals.poll(Math.max(0, left), TimeUnit.MILLISECONDS);
      if (signal == null) {
        return new Signal(mine, End.SESSION_OVER, LinkProblem.lost("its session expires"));
      }
      if (signal.conversation() == mine || signal.end() != End.LINK_LOST) {
        return signal;
      }
    }
    return new Signal(mine, End.LEFT, LinkProblem.lost("the provider leaves"));
  }

  /** Finishes what is held and sees it accepted, within reason. */
  private Signal leave(SessionSender speaking, Signal signal) throws InterruptedException {
    events.draining(seats.held().size());
    long end = System.nanoTime() + patience.toNanos();
    seats.drain(patience);
    while (!outbox.isEmpty() && System.nanoTime() < end) {
      Signal other = signals.poll(50, TimeUnit.MILLISECONDS);
      if (other != null && other.conversation() == signal.conversation()) {
        return other;
      }
    }
    speaking.flush(LAST_WORDS);
    return signal;
  }

  private void endQuietly(SessionGrant grant) {
    try {
      desk.end(grant);
    } catch (SkepException e) {
      // The queen's own time-out ends what we could not.
      System.getLogger(Connector.class.getName())
          .log(System.Logger.Level.DEBUG, "session {0}: not ended: {1}", grant.id(), e);
    }
  }

  private void signal(int ofConversation, SkepException why) {
    signals.add(new Signal(ofConversation, End.LINK_LOST, why));
  }

  private void handle(Message message) {
    if (message instanceof Offers offers) {
      offers.offers().forEach(seats::offer);
    } else if (message instanceof Accepted accepted) {
      outbox.accepted(accepted);
    } else if (message instanceof Cancel cancel) {
      cancel.attempts().forEach(seats::cancel);
    } else if (message instanceof Goodbye goodbye) {
      goodbye(goodbye.reason());
    }
  }

  private void goodbye(String reason) {
    SkepException why =
        SkepException.of("session-ended", 403)
            .fault(Fault.PLATFORM)
            .because("the queen ended the session: " + reason)
            .hint("The connector signs in again by itself unless the wallet is banned.");
    if (reason.startsWith("banned")) {
      ban = why;
    }
    signals.add(new Signal(conversation, End.SESSION_OVER, why));
  }

  /** A connector without a seat that serves has nothing to do here. */
  private void checkSeats() {
    SkepException banned = ban;
    if (banned != null) {
      throw banned;
    }
    if (joined && !stopping && seats.serving() == 0) {
      throw seats.states().stream()
          .map(SeatState::problem)
          .filter(Objects::nonNull)
          .findFirst()
          .map(Problem::toException)
          .orElseGet(() -> LinkProblem.lost("no slot is left"));
    }
  }

  @Override
  public void finished(AttemptResult result) {
    outbox.add(result);
    SessionSender speaking = sender;
    if (speaking != null) {
      speaking.resultsWait();
    }
  }

  @Override
  public void changed() {
    SessionSender speaking = sender;
    if (speaking != null) {
      speaking.slotsChanged();
    }
    events.seats(seats.states());
    if (joined && !stopping && seats.serving() == 0) {
      signals.add(new Signal(conversation, End.SESSION_OVER, LinkProblem.lost("no slot is left")));
    }
  }

  /** Takes no more jobs, or takes them again; what is held is finished, slots are kept. */
  public void pause(boolean paused) {
    seats.pause(paused);
  }

  public List<SeatState> seats() {
    return seats.states();
  }

  /** Finishes what is held, leaves, and returns when all is done; may be called by any thread. */
  public void stop() throws InterruptedException {
    synchronized (this) {
      stopping = true;
      notifyAll();
    }
    signals.add(new Signal(conversation, End.LEFT, LinkProblem.lost("the provider leaves")));
    stopped.await(patience.toSeconds() + 15, TimeUnit.SECONDS);
  }
}
