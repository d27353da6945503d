package dev.skep.provider.connection;

import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wire.Direction;
import dev.skep.protocol.wire.Envelope;
import dev.skep.protocol.wire.Framing;
import dev.skep.protocol.wire.Message;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.slot.Work;
import dev.skep.provider.tls.SpkiPin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A queen for one connector: opens sessions, gives slots, reads and writes sealed messages. */
final class QueenEnd implements SessionDesk {
  private static final Uuid7 IDS = Uuid7.system();

  final LinkPair pair = new LinkPair();
  final AtomicInteger sessions = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();
  private final AtomicLong sequence = new AtomicLong();
  private final JobSpec job;
  private volatile List<SlotId> slots = List.of();
  private volatile @Nullable Framing framing;
  private volatile @Nullable RuntimeException refusal;

  QueenEnd(String program) {
    this.job = Work.job(program);
  }

  /** What this queen says that she understands. */
  Set<SlotState> understood = EnumSet.allOf(SlotState.class);

  static SessionGrant grant() {
    return grant(SlotState.FIRST);
  }

  private static SessionGrant grant(Set<SlotState> understood) {
    return new SessionGrant(
        new SessionId(IDS.next()),
        new byte[32],
        new SessionGrant.Door("mqssl://localhost:1/ssljms", new SpkiPin("0".repeat(64)), "u", "p"),
        new SessionGrant.Queues("inbox.1", "skep.pull", "skep.results.node1"),
        new SessionGrant.Rhythm(Duration.ofSeconds(1), Duration.ofSeconds(20)),
        Instant.now().plus(Duration.ofHours(1)),
        understood);
  }

  void refuseWith(@Nullable RuntimeException why) {
    refusal = why;
  }

  @Override
  public SessionGrant open() {
    RuntimeException why = refusal;
    if (why != null) {
      throw why;
    }
    SessionGrant grant = grant(understood);
    framing = new Framing(grant.id(), grant.hmacKey());
    sequence.set(0);
    sessions.incrementAndGet();
    return grant;
  }

  @Override
  public Placement takeSlots(SessionGrant grant, int count) {
    slots = Work.slots(count);
    return new Placement(slots, job);
  }

  @Override
  public void giveBack(SessionGrant grant, SlotId slot) {}

  @Override
  public void end(SessionGrant grant) {
    ended.incrementAndGet();
  }

  List<SlotId> slots() {
    return slots;
  }

  void send(Message message) {
    pair.deliver(seal(message, sequence.incrementAndGet()));
  }

  byte[] seal(Message message, long number) {
    return sealer().seal(message, number);
  }

  private Framing sealer() {
    Framing open = framing;
    if (open == null) {
      throw new IllegalStateException("no session yet");
    }
    return open;
  }

  /** All that came meanwhile. */
  List<Message> heard() {
    List<LinkPair.Arrived> arrived = new ArrayList<>();
    pair.arrived.drainTo(arrived);
    return arrived.stream()
        .map(frame -> sealer().open(Direction.TO_QUEEN, frame.frame()).message())
        .toList();
  }

  /** A message with the sequence it came under. */
  record Heard<M>(M message, long sequence) {}

  /** Reads on until a message of this kind comes. */
  <M extends Message> Heard<M> await(Class<M> kind) throws InterruptedException {
    List<String> others = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < end) {
      LinkPair.Arrived next = pair.arrived.poll(1, TimeUnit.SECONDS);
      if (next != null) {
        Envelope envelope = sealer().open(Direction.TO_QUEEN, next.frame());
        Message message = envelope.message();
        if (kind.isInstance(message)) {
          return new Heard<>(kind.cast(message), envelope.sequence());
        }
        others.add(message.toString());
      }
    }
    throw new AssertionError("no " + kind.getSimpleName() + " came, but " + others);
  }
}
