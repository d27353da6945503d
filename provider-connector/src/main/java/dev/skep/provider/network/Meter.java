package dev.skep.provider.network;

/**
 * How much of the network one slot may use, both directions together.
 *
 * @param bytesPerSecond {@link #FREE} when nobody bounds it
 * @param bytesPerDay after so many bytes the network of the slot is closed until midnight
 */
public record Meter(long bytesPerSecond, long bytesPerDay) {

  /** No bound. */
  public static final long FREE = Long.MAX_VALUE;

  /** No bound on the rate, 5 GiB a day. */
  public static final Meter STANDARD = new Meter(FREE, 5L << 30);

  /** A packet may be as long as 64 KiB before the card cuts it. */
  private static final long LEAST_BURST = 256L << 10;

  public Meter {
    if (bytesPerSecond < 1 || bytesPerDay < 1) {
      throw new IllegalArgumentException("a meter counts bytes");
    }
  }

  /**
   * For nft. What was counted outlives a reload of these rules: to an existing quota the kernel
   * gives a new bound and leaves its count.
   *
   * @param used bytes of today that the slot used in a namespace before this one
   */
  String rules(long used) {
    return """
        table inet skep_meter {
          quota daily { over %d bytes used %d bytes }
          chain input { type filter hook input priority -10; policy accept; }
          chain output { type filter hook output priority -10; policy accept; }
        }
        flush chain inet skep_meter input
        flush chain inet skep_meter output
        table inet skep_meter {
          chain input {
            iif "lo" accept
        %s    quota name "daily" drop
          }
          chain output {
            oif "lo" accept
        %s    quota name "daily" reject with icmpx type admin-prohibited
          }
        }
        """
        .formatted(bytesPerDay, used, rate(), rate());
  }

  private String rate() {
    return bytesPerSecond == FREE
        ? ""
        : "    limit rate over %d bytes/second burst %d bytes drop\n"
            .formatted(bytesPerSecond, Math.max(LEAST_BURST, bytesPerSecond / 4));
  }
}
