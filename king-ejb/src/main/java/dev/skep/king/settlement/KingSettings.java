package dev.skep.king.settlement;

import dev.skep.chain.ledger.Deployment;
import dev.skep.chain.wallet.ServerKeys;
import dev.skep.king.outbox.Delivery;
import dev.skep.protocol.wallet.TokenAmount;
import java.time.Duration;

/**
 * The king's settings.
 *
 * @param chainId the only chain it may sign for
 * @param interval between two blocks, at least; none is made without receipts
 * @param deployContracts whether a chain without our contracts gets them
 */
public record KingSettings(
    long chainId, Duration interval, boolean deployContracts, Delivery.Patience patience) {
  private static final TokenAmount CAP = TokenAmount.parseHuman("1000000000 SKEP");

  public KingSettings {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("SKEP_KING_INTERVAL_SECONDS must be at least 1");
    }
    if (deployContracts && chainId != ServerKeys.LOCAL_CHAIN) {
      throw new IllegalArgumentException(
          "SKEP_DEPLOY_CONTRACTS is for the development chain " + ServerKeys.LOCAL_CHAIN + " only");
    }
  }

  /** Short delays, for the development chain. */
  static Deployment.Terms developmentTerms(KingKeys keys) {
    return new Deployment.Terms(
        keys.king().address(), keys.guardian(), CAP, Deployment.Periods.DEVELOPMENT);
  }
}
