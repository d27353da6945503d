package dev.skep.queen.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.Fault;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.job.JobState;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who holds a job, and so its large input, and from when to when. */
class LeaseOfBlobTest {
  private static final byte[] LARGE = new BlobRef(new UUID(1, 2), "ab".repeat(32), 300_000).mark();

  private final World world = new World();
  private final PoolId pool = world.openPool(World.none());

  private Ticket submit() {
    return world.dispatcher.submit(new Submission(pool, World.CLIENT, LARGE, null));
  }

  private World.Hand connector(int number, boolean takesBlobs) {
    World.Hand hand =
        world.new Hand(new Machine(World.wallet(number), "machine-" + number, "10.0.0." + number));
    hand.takesBlobs = takesBlobs;
    hand.login();
    hand.claim(pool, 1);
    return hand;
  }

  private boolean holds(World.Hand who, AttemptRef attempt) {
    return world.dispatcher.held(who.session, attempt).isPresent();
  }

  @Test
  void shouldOpenTheInputToWhoHoldsTheLeaseWhileItLasts() {
    World.Hand provider = connector(1, true);
    World.Hand other = connector(2, true);
    submit();
    World.Hand holder = provider.offers().isEmpty() ? other : provider;
    World.Hand idle = holder == provider ? other : provider;
    AttemptRef attempt = holder.offers().get(0).attempt();

    assertThat(world.dispatcher.held(holder.session, attempt).orElseThrow().input())
        .isEqualTo(LARGE);
    assertThat(world.dispatcher.held(holder.session, attempt).orElseThrow().pool()).isEqualTo(pool);
    assertThat(holds(idle, attempt)).as("a provider of the pool without the lease").isFalse();
    assertThat(holds(holder, new AttemptRef(attempt.job(), 2))).as("no such attempt").isFalse();
    assertThat(holds(holder, new AttemptRef(submit().job(), 1))).as("another's job").isFalse();

    world.clock.pass(Duration.ofMinutes(10));
    assertThat(holds(holder, attempt)).as("after the lease").isFalse();
  }

  @Test
  void shouldCloseTheInputWithTheAttempt() {
    World.Hand provider = connector(1, true);
    Ticket ticket = submit();
    AttemptRef attempt = provider.offers().get(0).attempt();
    world.dispatcher.cancel(ticket.job());
    assertThat(holds(provider, attempt)).as("cancelled").isFalse();

    submit();
    Courier.Offer offer = provider.offers().get(provider.offers().size() - 1);
    provider.fail(offer, Fault.JOB);
    assertThat(holds(provider, offer.attempt())).as("answered").isFalse();
  }

  @Test
  void shouldFollowTheLeaseIntoALaterSession() {
    World.Hand provider = connector(1, true);
    submit();
    AttemptRef attempt = provider.offers().get(0).attempt();
    var before = provider.session;
    provider.login();
    provider.pull(List.of(attempt));

    assertThat(holds(provider, attempt)).isTrue();
    assertThat(world.dispatcher.held(before, attempt)).isEmpty();
  }

  @Test
  void shouldOfferNoBlobToAConnectorThatDoesNotKnowThem() {
    World.Hand old = connector(1, false);
    Ticket ticket = submit();
    assertThat(old.offers()).isEmpty();
    assertThat(world.ledger.rows.get(ticket.job()).head.state()).isEqualTo(JobState.QUEUED);

    World.Hand later = connector(2, true);
    assertThat(later.offers()).hasSize(1);
    assertThat(later.offers().get(0).attempt().job()).isEqualTo(ticket.job());
  }

  @Test
  void shouldCompareLargeOutputsByTheirHashes() {
    PoolId two = world.openPool(World.quorum(2, 2));
    World.Hand alice = world.connector(3, two, 1, 1);
    World.Hand bob = world.connector(4, two, 1, 1);
    Ticket ticket = world.submit(two, "{}");
    BlobRef ofAlice = new BlobRef(new UUID(3, 1), "cd".repeat(32), 4_000_000);
    BlobRef ofBob = new BlobRef(new UUID(4, 1), "cd".repeat(32), 4_000_000);
    alice.answer(alice.next(), ofAlice);
    bob.answer(bob.next(), ofBob);

    Answer answer = ticket.answer().join();
    assertThat(answer.state()).isEqualTo(JobState.COMPLETED);
    assertThat(BlobRef.of(answer.output())).contains(ofBob);
  }
}
