package dev.skep.provider.update;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the install script laid out: {@code lib/skep-BUILD.jar} for each version, {@code
 * lib/skep.jar} leading to the one that starts, {@code lib/previous.jar} to the one before, {@code
 * bin/skep} that starts it.
 */
public record Installation(Path home) {
  /** Set by {@code bin/skep} of an installation. */
  private static final String PROPERTY = "skep.install";

  /** Throws {@code not-installed} for a program that was started in another way. */
  public static Installation running() {
    String home = System.getProperty(PROPERTY);
    if (home == null) {
      throw notInstalled();
    }
    return new Installation(Path.of(home));
  }

  static boolean isRunning() {
    return System.getProperty(PROPERTY) != null;
  }

  static SkepException notInstalled() {
    return SkepException.of("not-installed", 400)
        .fault(Fault.CALLER)
        .because("this program was not installed by a queen's install script")
        .hint("Update it where it came from, or: curl -fsSL QUEEN/connector/install.sh | sh");
  }

  /** Where a build's jar has its place. */
  Path jar(String build) {
    return lib().resolve("skep-" + build + ".jar");
  }

  Path launcher() {
    return home.resolve("bin").resolve("skep");
  }

  PinnedKeys keys() {
    return new PinnedKeys(home.resolve("release-keys"));
  }

  Path lib() {
    return home.resolve("lib");
  }

  /** The jar that starts now. */
  Path current() {
    return follow("skep.jar")
        .orElseThrow(
            () ->
                SkepException.of("not-installed", 400)
                    .fault(Fault.CALLER)
                    .because(lib().resolve("skep.jar") + " leads nowhere")
                    .hint("Install again: curl -fsSL QUEEN/connector/install.sh | sh"));
  }

  Optional<Path> previous() {
    return follow("previous.jar");
  }

  private Optional<Path> follow(String link) {
    Path path = lib().resolve(link);
    try {
      return Files.isSymbolicLink(path)
          ? Optional.of(lib().resolve(Files.readSymbolicLink(path))).filter(Files::isRegularFile)
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the link " + path, e);
    }
  }

  /** From now on this jar starts; the one before stays for a way back, older ones go. */
  void swap(Path jar) {
    Path old = current();
    lead("previous.jar", old);
    lead("skep.jar", jar);
    forgetAllBut(Set.of(old, jar));
  }

  /** Goes back to the jar before; throws {@code no-previous-version}. */
  Path rollBack() {
    Path before =
        previous()
            .orElseThrow(
                () ->
                    SkepException.of("no-previous-version", 400)
                        .fault(Fault.CALLER)
                        .because("no earlier version is kept in " + lib())
                        .hint("skep update --check"));
    Path bad = current();
    lead("skep.jar", before);
    lead("previous.jar", bad);
    return before;
  }

  /** A link is made beside and then moved over the old one: at no moment is there none. */
  private void lead(String link, Path jar) {
    try {
      Path fresh = lib().resolve(link + ".new");
      Files.deleteIfExists(fresh);
      Files.createSymbolicLink(fresh, jar.getFileName());
      Files.move(
          fresh,
          lib().resolve(link),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot change the link " + link + " in " + lib(), e);
    }
  }

  private void forgetAllBut(Set<Path> kept) {
    try (Stream<Path> files = Files.list(lib())) {
      for (Path file : files.filter(Installation::isVersion).toList()) {
        if (!kept.contains(file)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tidy " + lib(), e);
    }
  }

  private static boolean isVersion(Path file) {
    return file.getFileName().toString().matches("skep-[0-9a-f]{12}\\.jar");
  }
}
