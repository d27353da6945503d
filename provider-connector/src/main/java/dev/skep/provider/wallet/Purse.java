package dev.skep.provider.wallet;

import dev.skep.chain.ledger.LedgerCalls;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.wallet.Wallet;
import dev.skep.provider.queen.Patience;
import dev.skep.provider.queen.QueenApi;
import dev.skep.provider.queen.QueenInfo;

/**
 * What moving money takes: the wallet, a queen who knows it, the chain she settles on, and how long
 * to wait for either.
 */
public record Purse(
    Wallet wallet, QueenApi queen, QueenInfo info, LedgerChain chain, Patience patience) {
  LedgerCalls calls() {
    return new LedgerCalls(chain.contracts());
  }
}
