package dev.skep.protocol.yamux;

/**
 * What one session may cost this side, whatever its peer does.
 *
 * @param maxStreams streams the peer may have open; more are reset
 * @param maxUnacknowledged streams we open before the peer said yes to one
 * @param maxBuffered received bytes that nobody read yet, over all streams; a stream that would
 *     pass it is reset
 * @param maxUnsent bytes one stream takes before its writer waits
 * @param pingsPerSecond the peer's pings; more end the session
 * @param opensPerSecond streams the peer may open; more end the session
 */
public record YamuxLimits(
    int maxStreams,
    int maxUnacknowledged,
    long maxBuffered,
    int maxUnsent,
    int pingsPerSecond,
    int opensPerSecond) {

  /** The credit each stream starts with, by the specification. */
  public static final int WINDOW = 256 * 1024;

  /** The longest data frame we send, so that streams take turns. */
  static final int MAX_FRAME = 32 * 1024;

  /** Replies that wait for a peer who does not read. */
  static final int MAX_REPLIES = 256;

  public static final YamuxLimits DEFAULT =
      new YamuxLimits(4096, 256, 64L << 20, 64 * 1024, 100, 20_000);
}
