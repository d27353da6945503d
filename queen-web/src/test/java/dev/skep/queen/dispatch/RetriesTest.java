package dev.skep.queen.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.job.JobState;
import org.junit.jupiter.api.Test;

/** A job may say of its own failure that another attempt may help, as often as its pool allows. */
class RetriesTest {
  private final World world = new World();
  private final PoolId pool = world.openPool(World.none());
  private final World.Hand provider = world.connector(1, pool, 1, 1);

  private void failRetryably(Courier.Offer offer) {
    Problem problem =
        SkepException.of("job-threw", 422)
            .fault(Fault.JOB)
            .retryable(true)
            .because("the site is busy")
            .problem();
    provider.send(
        new RunResult(
            offer.attempt(),
            offer.slot(),
            new byte[0],
            new byte[0],
            1_000,
            new RunResult.RunLog("", false),
            problem));
  }

  @Test
  void shouldTryAgainWhenTheJobSaysThatItMayHelp() {
    Ticket ticket = world.submit(pool, "{}");
    failRetryably(provider.next());
    assertThat(ticket.answer()).isNotDone();
    provider.answer(provider.next(), "42");

    assertThat(ticket.answer().join().state()).isEqualTo(JobState.COMPLETED);
    assertThat(world.ledger.receiptsOf(ticket.job())).as("the failure is not paid").hasSize(1);
  }

  @Test
  void shouldEndWithTheJobsOwnProblemWhenItsRetriesAreSpent() {
    Ticket ticket = world.submit(pool, "{}");
    for (int i = 0; i <= Limits.RETRIES; i++) {
      assertThat(ticket.answer()).isNotDone();
      failRetryably(provider.next());
    }

    Answer answer = ticket.answer().join();
    assertThat(answer.state()).isEqualTo(JobState.FAILED);
    assertThat(answer.problem().code()).isEqualTo("job-threw");
    assertThat(answer.problem().fault()).isEqualTo(Fault.JOB);
    assertThat(provider.offers()).isEmpty();
  }

  @Test
  void shouldNotTryAgainWhenTheJobJustFails() {
    Ticket ticket = world.submit(pool, "{}");
    provider.fail(provider.next(), Fault.JOB);
    assertThat(ticket.answer().join().state()).isEqualTo(JobState.FAILED);
  }
}
