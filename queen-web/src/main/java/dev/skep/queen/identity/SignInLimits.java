package dev.skep.queen.identity;

import dev.skep.protocol.wallet.WalletAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/**
 * How often one wallet and one host may ask for challenges and try to sign in, per minute and node.
 */
@ApplicationScoped
public class SignInLimits {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final RateLimit byWallet = new RateLimit(Clock.systemUTC(), WINDOW, 60);
  private final RateLimit byHost = new RateLimit(Clock.systemUTC(), WINDOW, 600);

  void count(String host, WalletAddress address) {
    byHost.count(host);
    byWallet.count(address.toString());
  }

  void countLogin(String host) {
    byHost.count(host);
  }
}
