package dev.skep.queen.dispatch;

import dev.skep.protocol.Problem;
import dev.skep.protocol.job.AttemptState;
import org.jspecify.annotations.Nullable;

/** An attempt as its row says, read at start; numbers of a job are 1, 2, 3... */
@SuppressWarnings("ArrayRecordComponent")
public record PastAttempt(
    JobLedger.Lease lease,
    AttemptState state,
    long runMicros,
    byte @Nullable [] sha256,
    @Nullable Problem problem) {}
