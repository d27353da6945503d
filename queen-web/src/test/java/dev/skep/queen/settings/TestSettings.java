package dev.skep.queen.settings;

import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.settings.QueenSettings.ChainSettings;
import java.net.URI;
import java.util.Set;

/** Settings as tests need them. */
public final class TestSettings {
  public static final WalletAddress OPERATOR = WalletAddress.parse("0x" + "0e".repeat(20));

  private TestSettings() {}

  public static QueenSettings local() {
    return at("http://localhost:8080", 31337);
  }

  public static QueenSettings at(String publicUrl, long chainId) {
    return new QueenSettings(
        "queen",
        "node1",
        URI.create(publicUrl),
        new ChainSettings(chainId, "http://127.0.0.1:8045", 5),
        "mqssl://localhost:8084/ssljms",
        Set.of(OPERATOR));
  }
}
