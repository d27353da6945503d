package dev.skep.persistence.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.TokenAmount;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One pool. What its owner asked for never changes; its state follows {@link
 * PoolState#TRANSITIONS}. The king counts deposits and opens pools by SQL and raises the version as
 * we do.
 */
@Entity
@Table(name = "pool")
public class Pool {
  @Id private UUID id;
  @Embedded private Origin origin;
  @Embedded private Program program;
  @Embedded private Terms terms;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false)
  private PoolState state;

  @Column(name = "state_reason")
  private @Nullable String stateReason;

  @Column(nullable = false)
  private TokenAmount deposited;

  @Column(name = "closed_at")
  private @Nullable Instant closedAt;

  @Version private long version;

  @SuppressWarnings("NullAway.Init")
  protected Pool() {}

  /** A new pool waits for its deposit. */
  public Pool(PoolId id, Origin origin, Program program, Terms terms) {
    this.id = id.value();
    this.origin = origin;
    this.program = program;
    this.terms = terms;
    this.state = PoolState.OPENING;
    this.deposited = TokenAmount.ZERO;
  }

  public PoolId id() {
    return new PoolId(id);
  }

  public Origin origin() {
    return origin;
  }

  public Program program() {
    return program;
  }

  public Terms terms() {
    return terms;
  }

  public PoolState state() {
    return state;
  }

  public @Nullable String stateReason() {
    return stateReason;
  }

  public TokenAmount deposited() {
    return deposited;
  }

  public @Nullable Instant closedAt() {
    return closedAt;
  }

  public long version() {
    return version;
  }

  void moveTo(PoolState next, String reason, Instant now) {
    PoolState.TRANSITIONS.check(state, next);
    this.state = next;
    this.stateReason = reason;
    if (next == PoolState.CLOSED) {
      this.closedAt = now;
    }
  }
}
