package dev.skep.provider.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that owns what it labels, written {@code pid:startEpochMillis}: a pid alone may have
 * been given to another process since.
 *
 * @param place the boot and pid namespace in which the pid means this process
 */
public record Owner(String text, String place) {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9}):([0-9]{1,15})");
  // The start is computed from the boot time, which follows corrections of the clock.
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

  /** This process. */
  public static Owner self() {
    ProcessHandle self = ProcessHandle.current();
    long start = self.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    return new Owner(self.pid() + ":" + start, here());
  }

  private static String here() {
    try {
      String boot =
          Files.readString(Path.of("/proc/sys/kernel/random/boot_id"), StandardCharsets.US_ASCII);
      return boot.strip() + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException e) {
      return "unknown"; // no /proc on this system: then only one place exists
    }
  }

  /**
   * True when the owner surely lives no more: another boot, or a pid of this namespace that is gone
   * or reused.
   */
  public boolean isDead() {
    String here = here();
    if (!here.equals(place)) {
      return !bootOf(here).equals(bootOf(place));
    }
    Matcher form = FORM.matcher(text);
    return !form.matches()
        || !isRunning(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)));
  }

  private static String bootOf(String place) {
    return place.split(" ", 2)[0];
  }

  private static boolean isRunning(long pid, long startMillis) {
    Optional<Instant> start =
        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).flatMap(p -> p.info().startInstant());
    return start.isPresent()
        && Duration.between(Instant.ofEpochMilli(startMillis), start.get())
                .abs()
                .compareTo(CLOCK_SLACK)
            <= 0;
  }
}
