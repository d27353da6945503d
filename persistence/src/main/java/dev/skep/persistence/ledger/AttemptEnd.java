package dev.skep.persistence.ledger;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.job.AttemptState;
import org.jspecify.annotations.Nullable;

/** How an attempt ended; the hash is that of its output, when it had one. */
public record AttemptEnd(
    AttemptRef ref,
    AttemptState state,
    long runMicros,
    byte @Nullable [] resultSha256,
    @Nullable Problem problem) {}
