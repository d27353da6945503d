package dev.skep.provider.queen;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One sign-in for many calls, renewed well before its token ends. Thread-safe. */
public final class StandingSignIn implements Supplier<QueenApi> {
  private static final Duration LASTS = Duration.ofMinutes(5);

  private final Supplier<QueenApi> fresh;
  private final InstantSource clock;
  private @Nullable QueenApi queen;
  private Instant until = Instant.MIN;

  public StandingSignIn(Supplier<QueenApi> fresh, InstantSource clock) {
    this.fresh = fresh;
    this.clock = clock;
  }

  @Override
  public synchronized QueenApi get() {
    QueenApi known = queen;
    if (known == null || clock.instant().isAfter(until)) {
      known = fresh.get();
      queen = known;
      until = clock.instant().plus(LASTS);
    }
    return known;
  }
}
