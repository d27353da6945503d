package dev.skep.persistence.ledger;

/** A client's key that makes a retry the same job, with the hash of what was asked. */
public record IdempotencyKey(String key, byte[] requestSha256) {}
