package dev.skep.persistence.ledger;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;

/** A lease to be written; {@code own} when the provider serves its own pool and earns nothing. */
public record NewAttempt(
    AttemptRef ref,
    SlotId slot,
    WalletAddress provider,
    String machineId,
    SessionId session,
    Instant leaseUntil,
    boolean own) {}
