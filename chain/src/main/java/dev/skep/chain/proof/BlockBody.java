package dev.skep.chain.proof;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a block carries as calldata: the pools it debits and the leaves it changes. With the leaves
 * of all blocks anyone can rebuild the tree and claim, even when the king is gone.
 */
public record BlockBody(List<Debit> debits, List<EarningLeaf> leaves) {
  public BlockBody {
    debits = List.copyOf(debits);
    leaves = List.copyOf(leaves);
  }

  /** {@code keccak256(abi.encode(leaves))}. */
  public Hash32 dataHash() {
    return Keccak.hash(new Words().number(32).append(leafTable()));
  }

  /** {@code keccak256(abi.encode(debits))}. */
  public Hash32 debitsHash() {
    return Keccak.hash(new Words().number(32).append(debitTable()));
  }

  /** The debits as the ABI lays out a dynamic array: its length, then its elements. */
  public Words debitTable() {
    Words table = new Words().number(debits.size());
    debits.forEach(debit -> table.append(debit.words()));
    return table;
  }

  /** The leaves as the ABI lays out a dynamic array; each names its pool by its debit's place. */
  public Words leafTable() {
    Map<Hash32, Integer> places = new HashMap<>();
    debits.forEach(debit -> places.put(debit.poolId(), places.size()));
    Words table = new Words().number(leaves.size());
    for (EarningLeaf leaf : leaves) {
      Integer place = places.get(leaf.poolId());
      if (place == null) {
        throw new IllegalArgumentException("a leaf of a pool without debit: " + leaf.poolId());
      }
      table.number(place).address(leaf.provider()).amount(leaf.cumulative());
    }
    return table;
  }
}
