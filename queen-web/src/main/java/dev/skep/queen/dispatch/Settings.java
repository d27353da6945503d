package dev.skep.queen.dispatch;

import java.time.Duration;

/**
 * The dispatcher's own limits.
 *
 * @param silence a session not heard of for so long is lost
 * @param returnGrace after a restart, how long slots wait for their connector to come back
 * @param leaseSlack added to the run limit, for the way there and back and a place in the window
 * @param liveInputBytes inputs kept in memory; above it new jobs are told to come later
 * @param spotCheckPerMille share of jobs under SPOT_CHECK that get a second copy
 * @param spotCheckSeed secret, so that a provider cannot tell which jobs are checked
 */
public record Settings(
    Duration silence,
    Duration returnGrace,
    Duration leaseSlack,
    long liveInputBytes,
    int spotCheckPerMille,
    long spotCheckSeed) {
  public static Settings defaults(long spotCheckSeed) {
    return new Settings(
        Duration.ofSeconds(20),
        Duration.ofSeconds(90),
        Duration.ofSeconds(30),
        256L << 20,
        50,
        spotCheckSeed);
  }
}
