package dev.skep.provider.home;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Held while a connector of a wallet runs in a home. The queen keeps one session per wallet and
 * machine, so a second connector would throw the first one out, which would come back and throw the
 * second one out. The lock goes with the process, however it ends.
 */
public final class OneConnector implements AutoCloseable {
  private final FileChannel file;

  private OneConnector(FileChannel file) {
    this.file = file;
  }

  /** Takes the lock or throws {@code connector-running}. */
  public static OneConnector of(SkepHome home, WalletAddress wallet) {
    Path path = home.ensure().resolve("connector-" + wallet + ".lock");
    try {
      FileChannel file =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isFree(file)) {
        return new OneConnector(file);
      }
      file.close();
    } catch (IOException e) {
      throw SkepException.of("home-unusable", 400)
          .fault(Fault.CALLER)
          .because("cannot write " + path + ": " + e.getMessage())
          .hint("Set SKEP_HOME to a folder of your own.")
          .causedBy(e);
    }
    throw SkepException.of("connector-running", 409)
        .fault(Fault.CALLER)
        .because("a connector of the wallet " + wallet + " runs on this machine already")
        .hint("Stop it first, or use another wallet: SKEP_HOME=folder skep pool join ...");
  }

  private static boolean isFree(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot release the connector's lock", e);
    }
  }
}
