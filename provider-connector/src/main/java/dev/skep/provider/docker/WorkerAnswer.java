package dev.skep.provider.docker;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.provider.runtime.JobEvents;
import dev.skep.provider.runtime.JobEvents.Progress;
import dev.skep.provider.runtime.JobLog;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.PartsDigest;
import dev.skep.provider.worker.FrameTooLargeException;
import dev.skep.provider.worker.WorkerMessage;
import dev.skep.provider.worker.WorkerProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what the worker says about one attempt, and holds it to the protocol: a program may have
 * taken the socket over.
 */
final class WorkerAnswer {

  private final String id;
  private final JobEvents events;
  private final long start = System.nanoTime();
  private final PartsDigest parts;
  private JobLog log = JobLog.EMPTY;
  private int logTold;

  WorkerAnswer(AttemptRef attempt, JobEvents events, int maxOutput) {
    this.id = attempt.toString();
    this.events = events;
    this.parts = new PartsDigest(maxOutput);
  }

  String id() {
    return id;
  }

  /** Whether anybody wants to hear more than the outcome. */
  boolean isHeard() {
    return events != JobEvents.NONE;
  }

  /** The outcome, or null when more is to come. */
  @Nullable JobOutcome read(WorkerMessage message)
      throws WorkerProtocolException, FrameTooLargeException {
    if (!message.id().equals(id)) {
      throw new WorkerProtocolException("a message about another job");
    }
    switch (message.type()) {
      case "part" -> part(message);
      case "progress" -> events.progress(progress(message));
      case "log-part" -> logPart(WorkerMessage.text(message.header(), "text"));
      case "log" ->
          log = JobLog.of(WorkerMessage.text(message.header(), "text"), message.flag("truncated"));
      case "error" -> {
        return failed(JobErrors.problem(message.error()));
      }
      case "result" -> {
        return result(message.payload());
      }
      default -> throw new WorkerProtocolException("a message of an unknown type");
    }
    return null;
  }

  private void part(WorkerMessage message) throws WorkerProtocolException, FrameTooLargeException {
    if (message.number("index") != parts.count()) {
      throw new WorkerProtocolException("a part out of its order");
    }
    byte[] json = message.payload();
    if (json.length > WireLimits.MAX_OUTPUT) { // it goes on by itself, as one frame
      throw new FrameTooLargeException(true, json.length, WireLimits.MAX_OUTPUT);
    }
    if (!parts.fits(json.length)) {
      throw new FrameTooLargeException(true, parts.bytesWith(json.length), parts.limit());
    }
    JobErrors.checkJson(json);
    parts.add(json);
    events.part(parts.count() - 1, json);
  }

  private static Progress progress(WorkerMessage message) throws WorkerProtocolException {
    Double done = message.decimal("done");
    if (done == null) {
      throw new WorkerProtocolException("progress without a number");
    }
    return new Progress(
        done, message.decimal("total"), WorkerMessage.text(message.header(), "text"));
  }

  /** A job may print for ever: no more is told than is kept at its end. */
  private void logPart(String text) {
    int most = Math.min(text.length(), JobLog.MAX_BYTES - logTold);
    if (most > 0) {
      logTold += most;
      events.log(text.substring(0, most));
    }
  }

  private JobOutcome result(byte[] output) throws WorkerProtocolException {
    JobErrors.checkJson(output);
    if (!parts.agreesWith(output)) {
      throw new WorkerProtocolException("a result that is not the array of the parts it sent");
    }
    return JobOutcome.answered(output, log, micros());
  }

  JobOutcome failed(SkepException problem) {
    return JobOutcome.failed(problem.problem(), log, micros());
  }

  private long micros() {
    return (System.nanoTime() - start) / 1000;
  }
}
