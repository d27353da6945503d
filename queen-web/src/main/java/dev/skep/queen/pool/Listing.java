package dev.skep.queen.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A pool as everybody may see it.
 *
 * @param chainPoolId its id in the contract, 0x hex
 * @param spec its spec as JSON, with every default spelled out
 */
public record Listing(
    PoolId id,
    WalletAddress owner,
    String name,
    String template,
    String chainPoolId,
    String programSha256,
    JsonObject spec,
    Standing standing) {

  /**
   * Where the pool stands.
   *
   * @param slotsTaken slots that are loading or warm
   * @param inputs of a finite pool
   */
  public record Standing(
      PoolState state,
      @Nullable String stateReason,
      Money money,
      int slotsTaken,
      @Nullable Inputs inputs,
      Instant createdAt,
      @Nullable Instant closedAt) {}

  /**
   * How far a finite pool has come.
   *
   * @param running jobs of the pool that are at a provider now
   * @param perSecond how fast inputs ended of late
   * @param brought whether the queen has the inputs
   */
  public record Inputs(
      int total, int done, int failed, int running, double perSecond, boolean brought) {
    public int left() {
      return total - done - failed;
    }

    /** Seconds until the last one ends, if it goes on so; empty while nothing moves. */
    public OptionalLong secondsLeft() {
      return perSecond > 0 && left() > 0
          ? OptionalLong.of((long) Math.ceil(left() / perSecond))
          : OptionalLong.empty();
    }
  }

  /**
   * The pool's money.
   *
   * @param deposited safe on the chain
   * @param spent earned by providers since the beginning
   * @param reserved held for jobs that are not at their end
   */
  public record Money(TokenAmount deposited, TokenAmount spent, TokenAmount reserved) {
    /** What new jobs may still reserve; never below zero while a withdrawal is on its way. */
    public TokenAmount available() {
      TokenAmount bound = spent.plus(reserved);
      return deposited.compareTo(bound) > 0 ? deposited.minus(bound) : TokenAmount.ZERO;
    }
  }
}
