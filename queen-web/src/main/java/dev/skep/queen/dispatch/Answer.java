package dev.skep.queen.dispatch;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended, after the end was committed. The output is empty unless it completed; the cost
 * is the sum of its receipts.
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on the hot path, never compared as a value
public record Answer(
    JobId job, JobState state, byte[] output, @Nullable Problem problem, TokenAmount cost) {}
