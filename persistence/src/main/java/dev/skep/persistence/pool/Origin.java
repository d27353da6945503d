package dev.skep.persistence.pool;

import dev.skep.protocol.wallet.WalletAddress;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;

/** Where a pool comes from: its queen, its owner, its id on the chain, its first moment. */
@Embeddable
public class Origin {
  @Column(name = "queen_id", nullable = false, updatable = false)
  private String queenId;

  @Column(nullable = false, updatable = false)
  private WalletAddress owner;

  @Column(name = "chain_pool_id", nullable = false, updatable = false)
  private byte[] chainPoolId;

  @Column(name = "created_at", nullable = false, updatable = false)
  private Instant createdAt;

  @SuppressWarnings("NullAway.Init")
  protected Origin() {}

  public Origin(String queenId, WalletAddress owner, byte[] chainPoolId, Instant createdAt) {
    this.queenId = queenId;
    this.owner = owner;
    this.chainPoolId = chainPoolId.clone();
    this.createdAt = createdAt;
  }

  public String queenId() {
    return queenId;
  }

  public WalletAddress owner() {
    return owner;
  }

  public byte[] chainPoolId() {
    return chainPoolId.clone();
  }

  public Instant createdAt() {
    return createdAt;
  }
}
