package dev.skep.queen.webhook;

import dev.skep.protocol.id.PoolId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as its owner sees it.
 *
 * @param failures tries that failed since the last that did not
 * @param disabledReason why it is told nothing any more; null while it is
 */
record Webhook(
    UUID id,
    PoolId pool,
    String url,
    Set<EventType> events,
    Instant createdAt,
    int failures,
    @Nullable String disabledReason) {}
