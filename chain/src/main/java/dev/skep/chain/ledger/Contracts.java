package dev.skep.chain.ledger;

import dev.skep.protocol.wallet.WalletAddress;

/** Where one deployment's three contracts live. */
public record Contracts(WalletAddress token, WalletAddress forwarder, WalletAddress ledger) {}
