package dev.skep.persistence.ledger;

/** The output the client gets. */
public record JobOutput(byte[] body, byte[] sha256) {}
