package dev.skep.persistence.ban;

import dev.skep.protocol.wallet.WalletAddress;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** One banned wallet; the row goes when the ban is lifted. */
@Entity
@Table(name = "ban")
public class Ban {
  /** Text, because an id has no converter. */
  @Id private String address;

  @Column(nullable = false)
  private String reason;

  @Column(name = "created_at", nullable = false, updatable = false)
  private Instant createdAt;

  @Version private long version;

  @SuppressWarnings("NullAway.Init")
  protected Ban() {}

  Ban(WalletAddress address, String reason, Instant now) {
    this.address = address.toString();
    this.reason = reason;
    this.createdAt = now;
  }

  public WalletAddress address() {
    return new WalletAddress(address);
  }

  public String reason() {
    return reason;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public long version() {
    return version;
  }

  void explain(String newReason) {
    this.reason = newReason;
  }
}
