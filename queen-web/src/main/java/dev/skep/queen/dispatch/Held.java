package dev.skep.queen.dispatch;

import dev.skep.protocol.id.PoolId;

/** What a session works on: the pool of its lease and the job's input. */
@SuppressWarnings("ArrayRecordComponent") // the bytes of the job, never compared as a value
public record Held(PoolId pool, byte[] input) {}
