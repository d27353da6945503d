package dev.skep.provider.update;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.release.ReleaseManifest;
import dev.skep.protocol.release.Software;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Starts a fetched jar once and asks for its version, before anything depends on it. */
final class SelfCheck {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int LONGEST_ANSWER = 4096;

  private SelfCheck() {}

  /** Throws {@code release-unfit} when it does not start, or says that it is another one. */
  static void run(Path jar, ReleaseManifest release) {
    String expected = new Software(release.version(), release.wire(), release.build()).toString();
    String said = ask(jar);
    if (!said.equals(expected)) {
      throw SkepException.of("release-unfit", 502)
          .fault(Fault.PLATFORM)
          .because("the new version does not work here: its --version said '" + said + "'")
          .hint("The old version stays. Tell the queen's operator.");
    }
  }

  private static String ask(Path jar) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    try {
      Process process =
          new ProcessBuilder(java.toString(), "-jar", jar.toString(), "--version")
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
        return "nothing within " + LIMIT.toSeconds() + " s";
      }
      byte[] answer = process.getInputStream().readNBytes(LONGEST_ANSWER);
      return new String(answer, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
