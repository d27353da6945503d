package dev.skep.provider.doctor;

import static dev.skep.provider.doctor.Doctor.fine;

import dev.skep.provider.home.SkepHome;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.Finding.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The home folder: who may read the wallet, and whether there is room. */
public record HomeCheck(SkepHome home) implements Check {

  private static final long LITTLE = 256L << 20;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    try {
      findings.add(wallet());
      findings.add(space());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + home.folder(), e);
    }
    return findings;
  }

  private Finding wallet() throws IOException {
    Path wallet = home.wallet();
    if (!Files.exists(wallet)) {
      return fine(
          "wallet-absent", "No wallet file yet: it is made on first use, or MNEMONIC is it.");
    } else if (Files.getPosixFilePermissions(wallet).stream().anyMatch(OTHERS::contains)) {
      return new Finding(
          Severity.BLOCKING,
          "wallet-exposed",
          "Other users of this machine may read or change " + wallet + ".",
          "chmod 600 "
              + wallet
              + "; if somebody may have read it, move the tokens to a new wallet.");
    }
    return fine("wallet-private", "Only its owner may read the wallet file.");
  }

  private Finding space() throws IOException {
    long free = Files.getFileStore(home.ensure()).getUsableSpace();
    return free < LITTLE
        ? new Finding(
            Severity.WARNING,
            "home-disk-low",
            "Only " + (free >> 20) + " MiB are free at " + home.folder() + ".",
            "Free some space, or set SKEP_HOME to a folder on another disk.")
        : fine("home-disk", (free >> 20) + " MiB are free at " + home.folder() + ".");
  }
}
