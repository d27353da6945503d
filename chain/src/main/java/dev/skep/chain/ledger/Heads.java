package dev.skep.chain.ledger;

/**
 * How far the chain is.
 *
 * @param latest included, may still be reorganized away
 * @param safe deposits count from here
 * @param finalized nothing below changes any more
 */
public record Heads(BlockRef latest, BlockRef safe, BlockRef finalized) {}
