package dev.skep.chain.wallet;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import dev.skep.protocol.SkepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The server's keys, all from one mnemonic in a file that only its owner can read. */
public final class ServerKeys {
  /** The chain id of the embedded chain. */
  public static final long LOCAL_CHAIN = 31337;

  private static final String PUBLIC_MNEMONIC =
      "test test test test test test test test test test test junk";

  private final Map<KeyRole, Wallet> wallets = new EnumMap<>(KeyRole.class);

  private ServerKeys(String mnemonic) {
    for (KeyRole role : KeyRole.values()) {
      wallets.put(role, Wallet.fromMnemonic(mnemonic, role.index()));
    }
  }

  /**
   * Derives the keys; takes a few hundred milliseconds the first time.
   *
   * @throws SkepException {@code keys-public} for the mnemonic of every tutorial, unless the chain
   *     is the local one
   */
  public static ServerKeys of(String mnemonic, long chainId) {
    if (chainId != LOCAL_CHAIN && Wallet.words(mnemonic).equals(PUBLIC_MNEMONIC)) {
      throw SkepException.of("keys-public", 500)
          .because("The server's mnemonic is the publicly known test mnemonic.")
          .hint("Make a mnemonic of your own; everyone can sign with this one.");
    }
    return new ServerKeys(mnemonic);
  }

  /**
   * Reads the mnemonic from a file.
   *
   * @throws SkepException {@code keys-unreadable} when it cannot be read or others could read it
   */
  public static ServerKeys read(Path file, long chainId) {
    try {
      if (!Set.of(OWNER_READ, OWNER_WRITE).containsAll(Files.getPosixFilePermissions(file))) {
        throw unreadable(file, "others than its owner may read or write it");
      }
      return of(Files.readString(file), chainId);
    } catch (IOException e) {
      throw unreadable(file, e.toString()).causedBy(e);
    }
  }

  public Wallet wallet(KeyRole role) {
    Wallet wallet = wallets.get(role);
    if (wallet == null) {
      throw new IllegalStateException("no key for " + role);
    }
    return wallet;
  }

  private static SkepException unreadable(Path file, String why) {
    return SkepException.of("keys-unreadable", 500)
        .because("The key file " + file + " cannot be used: " + why + ".")
        .hint("Put the mnemonic into it and run: chmod 600 " + file);
  }
}
