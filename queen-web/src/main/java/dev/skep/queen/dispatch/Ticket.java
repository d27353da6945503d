package dev.skep.queen.dispatch;

import dev.skep.protocol.id.JobId;
import java.util.concurrent.CompletableFuture;

/**
 * A submitted job.
 *
 * @param accepted done when the job is durable; fails when it could not be made so
 * @param answer done when the job's end is durable; fails with {@code accepted}
 */
public record Ticket(
    JobId job, CompletableFuture<Void> accepted, CompletableFuture<Answer> answer) {}
