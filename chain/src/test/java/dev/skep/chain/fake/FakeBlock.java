package dev.skep.chain.fake;

import dev.skep.chain.ledger.BlockRef;
import dev.skep.chain.ledger.LedgerEvent;
import dev.skep.chain.ledger.MinedTransaction;
import java.util.List;

/** A block of the fake chain, with the state after it. */
record FakeBlock(
    BlockRef ref, FakeState state, List<MinedTransaction> mined, List<LedgerEvent> events) {}
