package dev.skep.chain.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tree of OpenZeppelin's {@code StandardMerkleTree}: leaves sorted, laid in reverse at the end
 * of an array of 2n-1 nodes, each node the hash of its two children in ascending order. A proof is
 * the list of siblings from the leaf upward. Without leaves the root is zero.
 */
public final class MerkleTree {
  private final Hash32[] nodes;
  private final Map<Hash32, Integer> places = new HashMap<>();

  private MerkleTree(Hash32[] nodes, int leaves) {
    this.nodes = nodes;
    for (int i = nodes.length - leaves; i < nodes.length; i++) {
      places.putIfAbsent(nodes[i], i);
    }
  }

  /** Builds the tree over leaf hashes in any order. */
  public static MerkleTree of(List<Hash32> leaves) {
    Hash32[] sorted = leaves.toArray(Hash32[]::new);
    Arrays.sort(sorted);
    Hash32[] nodes = new Hash32[Math.max(0, 2 * sorted.length - 1)];
    for (int i = 0; i < sorted.length; i++) {
      nodes[nodes.length - 1 - i] = sorted[i];
    }
    for (int i = nodes.length - 1 - sorted.length; i >= 0; i--) {
      nodes[i] = Keccak.hashPair(nodes[2 * i + 1], nodes[2 * i + 2]);
    }
    return new MerkleTree(nodes, sorted.length);
  }

  public Hash32 root() {
    return nodes.length == 0 ? Hash32.ZERO : nodes[0];
  }

  /**
   * The siblings of this leaf from the bottom to the top.
   *
   * @throws IllegalArgumentException when the tree has no such leaf
   */
  public List<Hash32> proof(Hash32 leaf) {
    Integer place = places.get(leaf);
    if (place == null) {
      throw new IllegalArgumentException("no such leaf: " + leaf);
    }
    List<Hash32> proof = new ArrayList<>();
    for (int i = place; i > 0; i = (i - 1) / 2) {
      proof.add(nodes[i % 2 == 0 ? i - 1 : i + 1]);
    }
    return List.copyOf(proof);
  }

  /** The root that a leaf and its proof lead to. */
  public static Hash32 rootOf(Hash32 leaf, List<Hash32> proof) {
    Hash32 node = leaf;
    for (Hash32 sibling : proof) {
      node = Keccak.hashPair(node, sibling);
    }
    return node;
  }

  /** A proof as the database stores it: the siblings, 32 bytes each, one after the other. */
  public static byte[] pack(List<Hash32> proof) {
    byte[] packed = new byte[0];
    for (Hash32 sibling : proof) {
      packed = Keccak.concat(packed, sibling.bytes());
    }
    return packed;
  }

  /** The reverse of {@link #pack}. */
  public static List<Hash32> unpack(byte[] packed) {
    if (packed.length % 32 != 0) {
      throw new IllegalArgumentException("a packed proof has whole words");
    }
    List<Hash32> proof = new ArrayList<>();
    for (int i = 0; i < packed.length; i += 32) {
      proof.add(Hash32.of(Arrays.copyOfRange(packed, i, i + 32)));
    }
    return List.copyOf(proof);
  }
}
