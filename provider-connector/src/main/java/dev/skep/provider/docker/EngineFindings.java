package dev.skep.provider.docker;

import com.github.dockerjava.api.model.Info;
import dev.skep.protocol.SkepException;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads off the engine how safe it is and says what its owner could do better. */
final class EngineFindings {

  private static final int MAJOR_WITHOUT_IO_URING = 25;

  private final DockerEngine engine;

  EngineFindings(DockerEngine engine) {
    this.engine = engine;
  }

  List<Finding> list() {
    try {
      return of(engine.call(docker -> docker.infoCmd().exec()));
    } catch (SkepException e) {
      return List.of(
          new Finding(
              Severity.BLOCKING,
              "engine-unavailable",
              e.getMessage(),
              "Install and start Docker Engine, and let this user reach its socket."));
    }
  }

  static List<Finding> of(Info info) {
    List<Finding> findings = new ArrayList<>();
    List<String> security =
        info.getSecurityOptions() == null ? List.of() : info.getSecurityOptions();
    walls(info, security, findings);
    users(security, findings);
    age(info.getServerVersion(), findings);
    return findings;
  }

  private static void walls(Info info, List<String> security, List<Finding> findings) {
    if (security.stream().noneMatch(option -> option.contains("name=seccomp"))) {
      findings.add(
          new Finding(
              Severity.BLOCKING,
              "no-seccomp",
              "The engine cannot filter system calls.",
              "Use a kernel and an engine with seccomp."));
    }
    if (!isTrue(info.getMemoryLimit()) || !isTrue(info.getCpuCfsQuota())) {
      findings.add(
          new Finding(
              Severity.BLOCKING,
              "no-limits",
              "The engine cannot limit memory or CPU, so a job could take the whole machine.",
              "Enable the memory and cpu cgroup controllers."));
    }
  }

  private static void users(List<String> security, List<Finding> findings) {
    if (has(security, "name=rootless")) {
      findings.add(
          new Finding(
              Severity.INFO, "rootless", "The engine runs rootless: good.", "Nothing to do."));
    } else if (has(security, "name=userns")) {
      findings.add(
          new Finding(
              Severity.INFO, "userns", "The engine maps container users: good.", "Nothing to do."));
    } else {
      findings.add(
          new Finding(
              Severity.WARNING,
              "engine-is-root",
              "Whoever reaches the Docker socket is root on this machine; that includes this connector.",
              "Run Docker rootless, or with userns-remap, if you can."));
    }
  }

  private static void age(@Nullable String version, List<Finding> findings) {
    String major = version == null ? "" : version.replaceFirst("[^0-9].*", "");
    if (major.isEmpty() || Integer.parseInt(major) < MAJOR_WITHOUT_IO_URING) {
      findings.add(
          new Finding(
              Severity.INFO,
              "engine-old",
              "Docker Engine "
                  + version
                  + " would let io_uring through; Skep's own list of system calls refuses it.",
              "Update to Docker Engine 25 or newer when you can."));
    }
  }

  private static boolean has(List<String> security, String option) {
    return security.stream().anyMatch(entry -> entry.contains(option));
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }
}
