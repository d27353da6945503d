package dev.skep.provider.hardware;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When somebody last typed at a terminal: the kernel notes each read of one as its access time,
 * which is what {@code w} shows. Input to a graphical desktop cannot be told this way.
 */
final class Terminals {
  static final Path STANDARD = Path.of("/dev/pts");

  private Terminals() {}

  /** Empty when there is no terminal, or none that tells. */
  static Optional<Duration> sinceInput(Path folder, Instant now) {
    try (Stream<Path> terminals = Files.list(folder)) {
      return terminals
          .filter(path -> path.getFileName().toString().matches("[0-9]+"))
          .flatMap(path -> lastRead(path).stream())
          .max(Comparator.naturalOrder())
          .map(last -> last.isAfter(now) ? Duration.ZERO : Duration.between(last, now));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> lastRead(Path terminal) {
    try {
      var of = Files.readAttributes(terminal, java.nio.file.attribute.BasicFileAttributes.class);
      return Optional.of(of.lastAccessTime().toInstant());
    } catch (IOException e) {
      return Optional.empty(); // closed meanwhile
    }
  }
}
