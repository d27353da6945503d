package dev.skep.persistence.ledger;

import dev.skep.protocol.id.AttemptRef;

/** What the job's code printed during one attempt; never empty. */
public record JobLog(AttemptRef attempt, String body, boolean truncated) {}
