package dev.skep.chain.proof;

import java.util.List;

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

  /** The leaves as the ABI lays out a dynamic array. */
  public Words leafTable() {
    Words table = new Words().number(leaves.size());
    leaves.forEach(leaf -> table.append(leaf.words()));
    return table;
  }
}
