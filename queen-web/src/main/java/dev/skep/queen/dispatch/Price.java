package dev.skep.queen.dispatch;

import dev.skep.protocol.wallet.TokenAmount;
import java.math.BigInteger;

/**
 * What one copy of a job earns; fractions of the smallest unit are dropped, in the payer's favour.
 *
 * @param perCopy the most one copy may earn, whatever it ran
 */
public record Price(TokenAmount perJob, TokenAmount perSecond, TokenAmount perCopy) {
  private static final BigInteger MICROS = BigInteger.valueOf(1_000_000);

  /** A copy whose result is valid: the job's price and its seconds. */
  public TokenAmount ofResult(long runMicros) {
    BigInteger sum = perJob.value().add(seconds(runMicros));
    return new TokenAmount(sum.min(perCopy.value()));
  }

  /** A copy that was cancelled or failed by the job's fault: its seconds up to the stop. */
  public TokenAmount ofStop(long runMicros) {
    return new TokenAmount(seconds(runMicros).min(perCopy.value()));
  }

  private BigInteger seconds(long runMicros) {
    return perSecond.isZero()
        ? BigInteger.ZERO
        : perSecond.value().multiply(BigInteger.valueOf(Math.max(0, runMicros))).divide(MICROS);
  }
}
