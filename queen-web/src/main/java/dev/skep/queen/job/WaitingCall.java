package dev.skep.queen.job;

import dev.skep.queen.dispatch.Ticket;
import dev.skep.queen.hangup.Watch;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that waits for its job's end, and is told 202 when its patience ends first. Every second
 * it is looked at whether it is still there, so that most calls, being answered sooner, pay nothing
 * for it.
 */
final class WaitingCall {
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final Ticket ticket;
  private final AsyncResponse response;
  private final JobAnswers answers;
  private final Supplier<Watch> presence;
  private Duration patience = Duration.ZERO;
  private @Nullable Watch watch;
  private boolean answered;

  WaitingCall(Ticket ticket, AsyncResponse response, JobAnswers answers, Supplier<Watch> presence) {
    this.ticket = ticket;
    this.response = response;
    this.answers = answers;
    this.presence = presence;
  }

  /** {@code stop} follows when the client has gone; may be called more than once. */
  void await(Duration longest, Runnable stop) {
    patience = longest;
    response.setTimeoutHandler(late -> look(stop));
    waitAMoment();
    ticket
        .answer()
        .whenComplete(
            (answer, error) ->
                answer(error == null ? answers.ended(answer) : answers.failed(error)));
  }

  private void waitAMoment() {
    Duration next = patience.compareTo(MOMENT) > 0 ? MOMENT : patience;
    patience = patience.minus(next);
    response.setTimeout(Math.max(1, next.toMillis()), TimeUnit.MILLISECONDS);
  }

  private void look(Runnable stop) {
    if (isGone()) {
      stop.run();
    }
    if (patience.isZero()) {
      answer(late());
    } else {
      waitAMoment();
    }
  }

  private synchronized boolean isGone() {
    if (watch == null && !answered) {
      watch = presence.get();
    }
    return watch != null && watch.isGone();
  }

  private Response late() {
    return ticket.accepted().isDone() && !ticket.accepted().isCompletedExceptionally()
        ? answers.accepted(ticket.job())
        : answers.failed(new IllegalStateException("the acceptance is not durable yet"));
  }

  private void answer(Response last) {
    endWatch();
    response.resume(last);
  }

  private synchronized void endWatch() {
    answered = true;
    if (watch != null) {
      watch.end();
      watch = null;
    }
  }
}
