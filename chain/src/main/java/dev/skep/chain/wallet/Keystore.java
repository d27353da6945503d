package dev.skep.chain.wallet;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skep.protocol.SkepException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;
import org.web3j.crypto.WalletFile;
import org.web3j.crypto.exception.CipherException;

/** One key in a Web3 Secret Storage file of mode 0600; two commands at once make one key. */
final class Keystore {
  private static final FileAttribute<?> PRIVATE_FILE = mode("rw-------");
  private static final FileAttribute<?> PRIVATE_FOLDER = mode("rwx------");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String password;

  Keystore(Path file, String password) {
    this.file = file;
    this.password = password;
  }

  Wallet open() {
    try {
      if (!Files.exists(file)) {
        create();
      }
      WalletFile stored = JSON.readValue(file.toFile(), WalletFile.class);
      return new Wallet(org.web3j.crypto.Wallet.decrypt(password, stored));
    } catch (CipherException e) {
      throw SkepException.of("wallet-locked", 400)
          .because("The wallet " + file + " does not open with this password.")
          .hint("Set SKEP_WALLET_PASSWORD.")
          .causedBy(e);
    } catch (IOException e) {
      throw SkepException.of("wallet-unreadable", 500)
          .because("The wallet " + file + " cannot be read or made: " + e.getMessage())
          .hint("Check the folder, or set SKEP_HOME to another one.")
          .causedBy(e);
    }
  }

  private void create() throws IOException, CipherException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder, PRIVATE_FOLDER);
    }
    synchronized (Keystore.class) {
      createLocked();
    }
  }

  /**
   * The file's lock holds off other processes, the monitor other threads: one lock cannot do both.
   */
  private void createLocked() throws IOException, CipherException {
    Path lock = file.resolveSibling("wallet.lock");
    try (FileChannel channel = FileChannel.open(lock, CREATE, WRITE);
        FileLock held = channel.lock()) {
      if (held.isValid() && !Files.exists(file)) {
        write(newKey());
      }
    }
  }

  private void write(ECKeyPair key) throws IOException, CipherException {
    WalletFile stored = org.web3j.crypto.Wallet.createLight(password, key);
    Path half =
        Files.createTempFile(file.toAbsolutePath().getParent(), "wallet", ".new", PRIVATE_FILE);
    Files.write(half, JSON.writeValueAsBytes(stored));
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static ECKeyPair newKey() {
    byte[] key = new byte[32];
    SecureRandom random = new SecureRandom();
    BigInteger number;
    do {
      random.nextBytes(key);
      number = new BigInteger(1, key);
    } while (number.signum() == 0 || number.compareTo(Sign.CURVE_PARAMS.getN()) >= 0);
    return ECKeyPair.create(number);
  }

  private static FileAttribute<?> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
