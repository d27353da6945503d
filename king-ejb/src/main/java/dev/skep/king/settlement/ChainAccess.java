package dev.skep.king.settlement;

import dev.skep.chain.ledger.ChainNode;
import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerChain;

/** How the king gets at its chain, before and after there are contracts. */
public interface ChainAccess {
  ChainNode node();

  LedgerChain ledger(Contracts contracts);
}
