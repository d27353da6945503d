package dev.skep.queen.settings;

import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.settings.QueenSettings.ChainSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Reads {@link QueenSettings} once; a wrong value stops the start with the variable's name. */
@ApplicationScoped
public class SettingsSource {
  @Inject Config config;

  private @Nullable QueenSettings settings;

  @Produces
  @Dependent
  public synchronized QueenSettings settings() {
    if (settings == null) {
      settings = read(config);
    }
    return settings;
  }

  static QueenSettings read(Config config) {
    return new QueenSettings(
        text(config, "SKEP_QUEEN_ID", "queen"),
        text(config, "SKEP_NODE", "node1"),
        URI.create(text(config, "SKEP_PUBLIC_URL", "http://localhost:8080").replaceAll("/+$", "")),
        chain(config),
        text(config, "SKEP_BROKER_URL", ""),
        addresses(text(config, "SKEP_OPERATORS", "")));
  }

  private static ChainSettings chain(Config config) {
    return new ChainSettings(
        config.getOptionalValue("SKEP_CHAIN_ID", Long.class).orElse(31337L),
        text(config, "SKEP_RPC_URL", ""),
        config.getOptionalValue("SKEP_KING_INTERVAL_SECONDS", Integer.class).orElse(5));
  }

  private static String text(Config config, String name, String otherwise) {
    return config.getOptionalValue(name, String.class).map(String::strip).orElse(otherwise);
  }

  private static Set<WalletAddress> addresses(String list) {
    return Arrays.stream(list.split("[,\\s]+"))
        .filter(item -> !item.isEmpty())
        .map(WalletAddress::parse)
        .collect(Collectors.toUnmodifiableSet());
  }
}
