package dev.skep.king.settlement;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;

/** What a provider earns from one pool is one account. */
record Account(PoolId pool, WalletAddress provider) {}
