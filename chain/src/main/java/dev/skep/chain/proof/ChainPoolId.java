package dev.skep.chain.proof;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * How ids of ours look on the chain. A pool's id there binds its owner, so that nobody can squat
 * it.
 */
public final class ChainPoolId {
  private ChainPoolId() {}

  /** {@code keccak256(abi.encode(owner, salt))} with the pool's id as salt. */
  public static Hash32 of(WalletAddress owner, PoolId pool) {
    return Keccak.hash(new Words().address(owner).hash(salt(pool)));
  }

  /** The pool's sixteen bytes, then zeros. */
  public static Hash32 salt(PoolId pool) {
    return leftAligned(pool.value());
  }

  static Hash32 leftAligned(UUID id) {
    ByteBuffer word = ByteBuffer.allocate(32);
    word.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return Hash32.of(word.array());
  }
}
