package dev.skep.persistence.pool;

import dev.skep.protocol.wallet.TokenAmount;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** What one valid copy earns, and what is reserved for a job. */
@Embeddable
public class Price {
  @Column(name = "price_per_job", nullable = false, updatable = false)
  private TokenAmount perJob;

  @Column(name = "price_per_second", nullable = false, updatable = false)
  private TokenAmount perSecond;

  @Column(name = "max_per_job", nullable = false, updatable = false)
  private TokenAmount maxPerJob;

  @SuppressWarnings("NullAway.Init")
  protected Price() {}

  public Price(TokenAmount perJob, TokenAmount perSecond, TokenAmount maxPerJob) {
    this.perJob = perJob;
    this.perSecond = perSecond;
    this.maxPerJob = maxPerJob;
  }

  public TokenAmount perJob() {
    return perJob;
  }

  public TokenAmount perSecond() {
    return perSecond;
  }

  public TokenAmount maxPerJob() {
    return maxPerJob;
  }
}
