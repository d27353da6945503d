package dev.skep.persistence.ledger;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;

/** What an attempt earned. */
public record NewReceipt(
    AttemptRef attempt,
    PoolId pool,
    WalletAddress provider,
    TokenAmount amount,
    byte[] resultSha256) {}
