package dev.skep.queen.settings;

import dev.skep.protocol.wallet.WalletAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * The settings of this node.
 *
 * @param queenId names the queen in rows when several share one king
 * @param node this node's name, part of its results queue
 * @param publicUrl where people reach the queen, without a trailing slash; https, or http on
 *     loopback
 * @param chain the chain pools are funded on
 * @param brokerUrl where connectors reach the broker
 * @param operators wallets that may use the admin resources
 */
public record QueenSettings(
    String queenId,
    String node,
    URI publicUrl,
    ChainSettings chain,
    String brokerUrl,
    Set<WalletAddress> operators) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * The chain as the queen names it to others; she never calls it herself.
   *
   * @param blockSeconds how often the king finalizes a block
   */
  public record ChainSettings(long chainId, String rpcUrl, int blockSeconds) {
    private static final long DEVELOPMENT = 31337;

    /** The embedded chain of demo and tests: the only one with a faucet. */
    public boolean isDevelopment() {
      return chainId == DEVELOPMENT;
    }
  }

  public QueenSettings {
    operators = Set.copyOf(operators);
    boolean secure = "https".equals(publicUrl.getScheme());
    boolean local = "http".equals(publicUrl.getScheme()) && isLoopback(publicUrl.getHost());
    if (!secure && !local) {
      throw new IllegalArgumentException(
          "SKEP_PUBLIC_URL must be https, or http on loopback, not " + publicUrl);
    }
  }

  public boolean isLocal() {
    return isLoopback(publicUrl.getHost());
  }

  public static boolean isLoopback(String host) {
    return LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }
}
