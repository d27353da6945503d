package dev.skep.queen.job;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.job.JobState;
import org.jspecify.annotations.Nullable;

/** Which jobs to list; null asks for any. */
record JobFilter(@Nullable PoolId pool, @Nullable JobState state, int limit) {}
