package dev.skep.chain.ledger;

import dev.skep.chain.proof.Hash32;
import java.time.Instant;

/**
 * One of the king's blocks as the contract keeps it.
 *
 * @param activeAt when the challenge period ends and its root can be claimed on
 */
public record LedgerBlock(long number, Hash32 hash, Hash32 root, Instant activeAt) {}
