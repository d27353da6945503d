package dev.skep.queen.dispatch;

/**
 * How a pool's results are verified: {@code agree} of {@code copies} must answer the same bytes.
 *
 * <p>SPOT_CHECK runs one copy of most jobs and two of a secret, seeded share of them; when the two
 * differ a third decides. A check happens only while a second {@code distinctBy} key serves the
 * pool.
 */
public record Policy(Kind kind, int copies, int agree, DistinctBy distinctBy) {
  /** The ways to verify. */
  public enum Kind {
    NONE,
    SPOT_CHECK,
    QUORUM
  }

  /** What two copies of one job may not share. */
  public enum DistinctBy {
    MACHINE,
    IP,
    WALLET
  }

  public Policy {
    if (copies < 1 || agree < 1 || agree > copies) {
      throw new IllegalArgumentException("agree " + agree + " of copies " + copies);
    }
  }

  Policy checked() {
    return new Policy(kind, 2, 2, distinctBy);
  }
}
