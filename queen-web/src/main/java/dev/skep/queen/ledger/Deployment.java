package dev.skep.queen.ledger;

import dev.skep.protocol.wallet.WalletAddress;

/** Where the contracts of our chain are. */
public record Deployment(
    long chainId, WalletAddress token, WalletAddress forwarder, WalletAddress ledger) {}
