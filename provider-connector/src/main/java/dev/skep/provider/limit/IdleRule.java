package dev.skep.provider.limit;

import java.time.Duration;

/**
 * Only the machine's idle time is lent.
 *
 * @param mostLoad of all processors, from 0 to 1, that other programs may use meanwhile
 * @param quiet how long nobody may have typed
 */
public record IdleRule(double mostLoad, Duration quiet) {

  /** Work is taken whatever else the machine does. */
  public static final IdleRule NONE = new IdleRule(1, Duration.ZERO);

  public boolean isNone() {
    return mostLoad >= 1 && quiet.isZero();
  }
}
