package dev.skep.persistence.pool;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** How a result is believed. {@code policy} and {@code distinctBy} are written as words. */
@Embeddable
public class Agreement {
  @Column(name = "verification", nullable = false, updatable = false)
  private String policy;

  @Column(nullable = false, updatable = false)
  private int copies;

  @Column(nullable = false, updatable = false)
  private int agree;

  @Column(name = "distinct_by", nullable = false, updatable = false)
  private String distinctBy;

  @SuppressWarnings("NullAway.Init")
  protected Agreement() {}

  public Agreement(String policy, int copies, int agree, String distinctBy) {
    this.policy = policy;
    this.copies = copies;
    this.agree = agree;
    this.distinctBy = distinctBy;
  }

  public String policy() {
    return policy;
  }

  public int copies() {
    return copies;
  }

  public int agree() {
    return agree;
  }

  public String distinctBy() {
    return distinctBy;
  }
}
