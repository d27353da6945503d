package dev.skep.protocol.id;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, a 12-bit counter that rises within
 * a millisecond, 62 random bits. Ids of one generator are strictly rising. Thread-safe.
 */
public final class Uuid7 {
  private static final int COUNTER_LIMIT = 1 << 12;

  private final Clock clock;
  private final RandomGenerator random;
  private long millis;
  private int counter;

  public Uuid7(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A generator on the system clock with secure random bits. */
  public static Uuid7 system() {
    return new Uuid7(Clock.systemUTC(), new SecureRandom());
  }

  public UUID next() {
    long bits = random.nextLong();
    return new UUID(nextHigh(), (bits & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }

  private synchronized long nextHigh() {
    long now = clock.millis();
    if (now > millis) {
      millis = now;
      counter = random.nextInt(COUNTER_LIMIT / 2);
    } else if (++counter == COUNTER_LIMIT) {
      millis++;
      counter = 0;
    }
    return (millis << 16) | 0x7000L | counter;
  }

  /** The moment an id was made, in milliseconds. */
  public static Instant instantOf(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }

  /** The smallest id of that millisecond: the bound of a partition. */
  public static UUID firstOf(Instant instant) {
    return new UUID(instant.toEpochMilli() << 16, 0);
  }
}
