package dev.skep.persistence.pool;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * Who may fill and who may use a pool. {@code matching} and {@code access} are written as words.
 */
@Embeddable
public class Seats {
  @Column(nullable = false, updatable = false)
  private String matching;

  @Column(nullable = false, updatable = false)
  private String access;

  @Column(name = "slot_limit", nullable = false, updatable = false)
  private int limit;

  @Column(name = "per_user", nullable = false, updatable = false)
  private int perUser;

  @SuppressWarnings("NullAway.Init")
  protected Seats() {}

  public Seats(String matching, String access, int limit, int perUser) {
    this.matching = matching;
    this.access = access;
    this.limit = limit;
    this.perUser = perUser;
  }

  public String matching() {
    return matching;
  }

  public String access() {
    return access;
  }

  public int limit() {
    return limit;
  }

  public int perUser() {
    return perUser;
  }
}
