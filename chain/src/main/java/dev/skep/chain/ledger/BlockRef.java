package dev.skep.chain.ledger;

import dev.skep.chain.proof.Hash32;

/**
 * A block of the chain (not the king's); number and hash, because a reorg keeps only the number.
 */
public record BlockRef(long number, Hash32 hash) {}
