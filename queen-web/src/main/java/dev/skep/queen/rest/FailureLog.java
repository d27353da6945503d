package dev.skep.queen.rest;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.UUID;

/**
 * The boundary where an unexpected failure becomes a log entry with a reference; the caller sees
 * the reference only.
 */
class FailureLog {
  private static final Logger LOG = System.getLogger(FailureLog.class.getName());

  Response answer(Throwable failure) {
    String reference = UUID.randomUUID().toString();
    LOG.log(Level.ERROR, "request failed, reference " + reference, failure);
    SkepException told =
        SkepException.of("internal-error", 500)
            .fault(Fault.PLATFORM)
            .retryable(true)
            .because("The queen failed to answer; the fault is ours.")
            .hint("Try again; if it stays, tell the operator the reference.");
    return Problems.answer(told.problem().withReference(reference), Map.of());
  }
}
