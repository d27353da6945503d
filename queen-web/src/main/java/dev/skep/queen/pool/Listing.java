package dev.skep.queen.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.json.JsonObject;
import java.time.Instant;
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
   */
  public record Standing(
      PoolState state,
      @Nullable String stateReason,
      Money money,
      int slotsTaken,
      Instant createdAt,
      @Nullable Instant closedAt) {}

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
