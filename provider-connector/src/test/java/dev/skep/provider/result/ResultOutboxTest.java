package dev.skep.provider.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wire.Accepted;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.protocol.wire.Framing;
import dev.skep.protocol.wire.Results;
import dev.skep.protocol.wire.WireLimits;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ResultOutboxTest {
  private static final Uuid7 IDS = Uuid7.system();
  private final AtomicLong now = new AtomicLong(1000);
  private final ResultOutbox outbox = new ResultOutbox(() -> Instant.ofEpochMilli(now.get()));

  private static AttemptResult result(int bytes) {
    AttemptRef attempt = new AttemptRef(new JobId(IDS.next()), 1);
    return AttemptResult.succeeded(attempt, new SlotId(IDS.next()), new byte[bytes], 1, "", false);
  }

  @Test
  void shouldKeepAResultUntilItsSequenceIsAccepted() {
    AttemptResult result = result(10);
    outbox.add(result);

    assertThat(outbox.take(7)).containsExactly(result);
    assertThat(outbox.take(8)).isEmpty();
    outbox.accepted(new Accepted(6, List.of()));
    assertThat(outbox.unanswered()).containsExactly(result.attempt());
    outbox.accepted(new Accepted(7, List.of()));
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void shouldSendAgainWhenNoAnswerComes() {
    AttemptResult result = result(10);
    outbox.add(result);
    outbox.take(1);

    now.addAndGet(ResultOutbox.RESEND.toMillis() - 1);
    assertThat(outbox.hasDue()).isFalse();
    now.addAndGet(1);
    assertThat(outbox.take(2)).containsExactly(result);
    outbox.accepted(new Accepted(1, List.of()));
    assertThat(outbox.isEmpty()).as("the first sending may have been lost").isFalse();
  }

  @Test
  void shouldSendEverythingAgainInANewSession() {
    AttemptResult result = result(10);
    outbox.add(result);
    outbox.take(500);

    outbox.newSession();
    outbox.accepted(new Accepted(600, List.of()));
    assertThat(outbox.take(1)).containsExactly(result);
  }

  @Test
  void shouldForgetWhatTheQueenRefuses() {
    AttemptResult result = result(10);
    outbox.add(result);

    outbox.accepted(
        new Accepted(
            0,
            List.of(
                new Accepted.Refusal(result.attempt(), "not-your-lease", Fault.PROVIDER, "late"))));
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void shouldSplitWhatDoesNotFitOneMessageButAlwaysMoveOn() {
    outbox.add(result(900_000));
    outbox.add(result(900_000));

    assertThat(outbox.take(1)).hasSize(1);
    assertThat(outbox.take(2)).hasSize(1);
    assertThat(outbox.take(3)).isEmpty();
  }

  @Test
  void shouldFitEveryMessageWhateverTheResultsSay() {
    String words = "\ufffd".repeat(Problem.MAX_TEXT);
    Problem problem =
        SkepException.of("job-threw", 422).fault(Fault.JOB).because(words).hint(words).problem();
    for (int i = 0; i < 400; i++) {
      AttemptResult like = result(0);
      outbox.add(AttemptResult.failed(like.attempt(), like.slot(), 1, "", false, problem));
    }
    outbox.add(result(WireLimits.MAX_OUTPUT));

    Framing framing = new Framing(new SessionId(IDS.next()), new byte[32]);
    int sent = 0;
    for (List<AttemptResult> batch = outbox.take(1); !batch.isEmpty(); batch = outbox.take(1)) {
      assertThat(framing.seal(new Results(batch), 1)).isNotEmpty();
      sent += batch.size();
    }
    assertThat(sent).isEqualTo(401);
  }

  @Test
  void shouldCountTheFirstResultOfAnAttempt() {
    AttemptResult result = result(10);
    outbox.add(result);
    outbox.take(1);
    outbox.add(result);
    assertThat(outbox.take(2)).isEmpty();
  }
}
