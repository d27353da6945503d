package dev.skep.chain.wallet;

import java.nio.file.Path;
import java.util.Map;

/**
 * The wallet of whoever runs a command: {@code MNEMONIC} when it has words, else the keystore of
 * this machine, made on first use.
 */
public final class LocalWallet {
  private LocalWallet() {}

  /**
   * Opens it.
   *
   * @param environment reads {@code MNEMONIC}, {@code SKEP_HOME} (default {@code ~/.skep}) and
   *     {@code SKEP_WALLET_PASSWORD} (default empty: the file's mode protects it)
   */
  public static Wallet open(Map<String, String> environment) {
    String mnemonic = environment.getOrDefault("MNEMONIC", "");
    if (!mnemonic.isBlank()) {
      return Wallet.fromMnemonic(mnemonic, 0);
    }
    String password = environment.getOrDefault("SKEP_WALLET_PASSWORD", "");
    return new Keystore(home(environment).resolve("wallet.json"), password).open();
  }

  /** The folder that separates the wallets of one machine. */
  public static Path home(Map<String, String> environment) {
    String home = environment.getOrDefault("SKEP_HOME", "");
    return home.isBlank() ? Path.of(System.getProperty("user.home"), ".skep") : Path.of(home);
  }
}
