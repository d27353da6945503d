package dev.skep.queen.dispatch;

import dev.skep.protocol.id.JobId;

/**
 * Draws the jobs that get a second copy: by their id and a secret seed, so a draw is repeatable.
 */
final class SpotCheck {
  private final long seed;
  private final int perMille;

  SpotCheck(Settings settings) {
    this.seed = settings.spotCheckSeed();
    this.perMille = settings.spotCheckPerMille();
  }

  boolean draws(JobId job) {
    long mixed = mix(job.value().getLeastSignificantBits() ^ seed);
    return Long.remainderUnsigned(mix(mixed ^ job.value().getMostSignificantBits()), 1000)
        < perMille;
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
