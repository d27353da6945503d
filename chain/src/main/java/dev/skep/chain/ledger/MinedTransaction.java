package dev.skep.chain.ledger;

import dev.skep.chain.proof.Hash32;
import dev.skep.protocol.wallet.WalletAddress;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that is in a block.
 *
 * @param succeeded false when it reverted; it paid its gas all the same
 * @param created the contract it made, if it made one
 */
public record MinedTransaction(
    Hash32 hash,
    boolean succeeded,
    BlockRef block,
    long gasUsed,
    @Nullable WalletAddress created) {}
