package dev.skep.queen.job;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.job.JobState;
import dev.skep.queen.dispatch.Answer;
import dev.skep.queen.dispatch.Submission;
import dev.skep.queen.dispatch.Ticket;
import dev.skep.queen.dispatch.node.Node;
import dev.skep.queen.rest.Causes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;

/** Makes a repeated call the same job: the same key and body get the first call's answer. */
@ApplicationScoped
public class Replays {
  private static final String KEY_USED = "idempotency-key-used";
  private static final byte[] NOTHING = {};

  @Inject Node node;
  @Inject JobRows rows;
  @Inject Kept kept;
  @Inject LargeAnswers large;

  /** Whether this failure says that the key has made a job before. */
  static boolean isReplay(Throwable error) {
    return Causes.find(error, SkepException.class)
        .filter(known -> KEY_USED.equals(known.code()))
        .isPresent();
  }

  /** The first call's job; refuses a body that is not the first call's. */
  Ticket first(Submission repeated, Submission.IdempotencyKey key) {
    JobRows.KeyRow made =
        rows.key(repeated.pool(), repeated.client(), key.key())
            .orElseThrow(() -> new IllegalStateException("a used key has a row"));
    if (!MessageDigest.isEqual(made.requestSha256(), key.requestSha256())) {
      throw SkepException.of("idempotency-key-conflict", 422)
          .because("this Idempotency-Key was used for job " + made.job() + " with another body")
          .hint("Use a fresh key for a new job.");
    }
    return node.dispatcher().find(made.job()).orElseGet(() -> past(made.job()));
  }

  private Ticket past(JobId job) {
    JobRows.JobRow row =
        rows.find(job).orElseThrow(() -> new IllegalStateException("job " + job + " has no row"));
    requireEnded(row);
    byte[] output = rows.output(job).orElse(NOTHING);
    if (row.state() == JobState.COMPLETED && (output.length == 0 || !large.isHere(output))) {
      throw kept.expired(job);
    }
    Answer answer = new Answer(job, row.state(), output, row.problem(), row.cost());
    return new Ticket(
        job, CompletableFuture.completedFuture(null), CompletableFuture.completedFuture(answer));
  }

  /** After a commit whose fate was unknown, an open row waits for the dispatcher to take it up. */
  private static void requireEnded(JobRows.JobRow row) {
    if (row.state().isOpen()) {
      throw SkepException.of("job-not-taken-up", 503)
          .because("job " + row.id() + " is written down and waits for this node to take it up")
          .hint("Send it again under the same key in a few seconds.");
    }
  }
}
