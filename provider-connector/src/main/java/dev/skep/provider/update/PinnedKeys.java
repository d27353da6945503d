package dev.skep.provider.update;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.release.ReleaseKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The release key of each queen as it was when this home first got a connector from her: lines of a
 * URL and a key, also written by the install script.
 */
record PinnedKeys(Path file) {
  /** Takes the key for the queen's when none is known yet; throws {@code release-key-changed}. */
  void check(String queen, ReleaseKey key) {
    try {
      Optional<ReleaseKey> known = find(queen);
      if (known.isEmpty()) {
        String line = queen + " " + key.base64() + "\n";
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } else if (!known.get().equals(key)) {
        throw changed(known.get(), key);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the release key in " + file, e);
    }
  }

  private Optional<ReleaseKey> find(String queen) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(queen + " "))
        .map(line -> new ReleaseKey(line.substring(queen.length() + 1).strip()))
        .findFirst();
  }

  private SkepException changed(ReleaseKey known, ReleaseKey shown) {
    return SkepException.of("release-key-changed", 409)
        .fault(Fault.PLATFORM)
        .retryable(false)
        .because(
            "the queen's release key is not the one of the first install: "
                + shown.fingerprint()
                + " instead of "
                + fingerprint(known))
        .hint("Ask her operator. If the new key is right, remove her line from " + file + ".");
  }

  private static String fingerprint(ReleaseKey key) {
    try {
      return key.fingerprint();
    } catch (IllegalArgumentException damaged) {
      return "a damaged one";
    }
  }
}
