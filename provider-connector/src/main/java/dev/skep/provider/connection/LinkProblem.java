package dev.skep.provider.connection;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;

/** How links fail. */
public final class LinkProblem {
  private LinkProblem() {}

  /** The transport is gone; dialling again may help. */
  public static SkepException lost(String why) {
    return SkepException.of("link-lost", 503)
        .fault(Fault.PLATFORM)
        .retryable(true)
        .because("the connection to the queen's broker is lost: " + why)
        .hint("The connector signs in again by itself.");
  }

  /** The broker does not want this session; only a new one helps. */
  public static SkepException refused(String why) {
    return SkepException.of("link-refused", 403)
        .fault(Fault.PLATFORM)
        .because("the queen's broker refused the session: " + why)
        .hint(
            "The connector signs in again by itself; if that fails too, the wallet may be banned.");
  }
}
