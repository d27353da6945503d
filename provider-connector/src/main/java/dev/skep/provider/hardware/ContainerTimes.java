package dev.skep.provider.hardware;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much processor time containers used, as the kernel of this machine counts it by control
 * group, of either version. A container of another kernel (Docker Desktop's) counts nothing here.
 */
final class ContainerTimes {
  static final Path STANDARD = Path.of("/sys/fs/cgroup");

  private static final int MOST_DEPTH = 7;
  private static final List<String> FIRST = List.of("cpuacct", "cpu,cpuacct");
  private static final Pattern USAGE = Pattern.compile("(?m)^usage_usec ([0-9]{1,18})$");

  private final Path root;
  private final Map<String, Optional<Path>> groups = new HashMap<>();

  /** Reads below {@code root}, where the control groups are mounted. */
  ContainerTimes(Path root) {
    this.root =
        FIRST.stream().map(root::resolve).filter(Files::isDirectory).findFirst().orElse(root);
  }

  /** Nanoseconds by container id, for those that are known here. */
  Map<String, Long> of(List<String> ids) {
    Map<String, Long> times = new HashMap<>();
    groups.keySet().retainAll(ids);
    for (String id : ids) {
      groups
          .computeIfAbsent(id, this::find)
          .flatMap(ContainerTimes::nanos)
          .ifPresent(nanos -> times.put(id, nanos));
    }
    return times;
  }

  /** Docker's drivers and rootless engines put a container's group at different places. */
  private Optional<Path> find(String id) {
    try (var found =
        Files.find(
            root,
            MOST_DEPTH,
            (path, of) -> of.isDirectory() && path.getFileName().toString().contains(id))) {
      return found.findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty(); // a group that ended while we looked
    }
  }

  private static Optional<Long> nanos(Path group) {
    try {
      Path old = group.resolve("cpuacct.usage");
      if (Files.exists(old)) {
        return Optional.of(Long.parseLong(text(old).strip()));
      }
      Matcher usage = USAGE.matcher(text(group.resolve("cpu.stat")));
      return usage.find() ? Optional.of(1000 * Long.parseLong(usage.group(1))) : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.US_ASCII);
  }
}
