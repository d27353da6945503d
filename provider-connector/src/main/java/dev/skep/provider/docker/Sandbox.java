package dev.skep.provider.docker;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.Ulimit;
import dev.skep.provider.runtime.Resources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The walls around every job, in one place: no network, no capabilities, no new privileges, our own
 * list of system calls, a user that is not root, a read-only root, bounded processes, files, memory
 * and /tmp, nothing of the host but what is mounted here read-only.
 */
final class Sandbox {

  static final String USER = "65532:65532";

  private static final long SHARED_MEMORY = 16L << 20;
  private static final long OPEN_FILES = 1024;
  private static final Capability[] KERNEL_RIGHTS = {
    Capability.SYS_ADMIN,
    Capability.SYS_BOOT,
    Capability.SYS_MODULE,
    Capability.SYS_PTRACE,
    Capability.SYSLOG
  };

  private final Set<Defence> down;
  private final @Nullable String runtime;

  private Sandbox(Set<Defence> down, @Nullable String runtime) {
    this.down = down;
    this.runtime = runtime;
  }

  static Sandbox full() {
    return new Sandbox(EnumSet.noneOf(Defence.class), null);
  }

  /** A sandbox with walls missing, for the tests that show they were needed. */
  static Sandbox without(Set<Defence> down) {
    return new Sandbox(EnumSet.copyOf(down), null);
  }

  /** The same walls, run by another of the engine's runtimes; null means its own. */
  Sandbox in(@Nullable String other) {
    return new Sandbox(down, other);
  }

  boolean has(Defence defence) {
    return !down.contains(defence);
  }

  String user() {
    return has(Defence.UNPRIVILEGED) ? USER : "0:0";
  }

  HostConfig hostConfig(Resources resources, List<Mount> mounts, SlotNetwork network) {
    HostConfig config =
        HostConfig.newHostConfig()
            .withNetworkMode(mode(network))
            .withReadonlyRootfs(has(Defence.READ_ONLY_ROOT))
            .withSecurityOpts(securityOptions())
            .withInit(true)
            .withIpcMode("private")
            .withShmSize(has(Defence.TMP_SIZE) ? SHARED_MEMORY : 4 * SHARED_MEMORY)
            .withTmpFs(Map.of("/tmp", tmp(resources)))
            .withUlimits(List.of(files(), new Ulimit("core", 0L, 0L)))
            .withLogConfig(
                new LogConfig(
                    LogConfig.LoggingType.LOCAL,
                    Map.of("max-size", "1m", "max-file", "1", "compress", "false")))
            .withMounts(has(Defence.NO_HOST_DOORS) ? mounts : withDockerSocket(mounts));
    limit(config, resources);
    return withRights(config);
  }

  /** Docker's own set lacks the rights over the kernel, so they are a wall apart. */
  private HostConfig withRights(HostConfig config) {
    if (!has(Defence.NO_KERNEL_RIGHTS)) {
      return config.withCapAdd(KERNEL_RIGHTS);
    }
    return has(Defence.UNPRIVILEGED) ? config.withCapDrop(Capability.ALL) : config;
  }

  private String mode(SlotNetwork network) {
    String none = has(Defence.NO_NETWORK) ? "none" : "bridge";
    return Objects.requireNonNullElse(network.mode(), none);
  }

  private void limit(HostConfig config, Resources resources) {
    if (has(Defence.CPU)) {
      config.withNanoCPUs(resources.milliCpus() * 1_000_000L);
    }
    if (has(Defence.PIDS)) {
      config.withPidsLimit((long) resources.pids());
    }
    if (has(Defence.MEMORY)) {
      config
          .withMemory(resources.memoryBytes())
          .withMemorySwap(resources.memoryBytes()); // equal: no swap
    }
    if (runtime != null) {
      config.withRuntime(runtime);
    }
    if (!has(Defence.OWN_NAMESPACES)) {
      config.withPidMode("host");
    }
  }

  /** Setting any of these replaces all of Docker's own, so the list must be whole. */
  private List<String> securityOptions() {
    List<String> options = new ArrayList<>();
    if (has(Defence.UNPRIVILEGED)) {
      options.add("no-new-privileges");
    }
    options.add("seccomp=" + (has(Defence.SECCOMP) ? Seccomp.profile() : "unconfined"));
    return options;
  }

  private String tmp(Resources resources) {
    String exec = has(Defence.TMP_NOEXEC) ? "noexec" : "exec";
    long bytes = has(Defence.TMP_SIZE) ? resources.tmpBytes() : 8 * resources.tmpBytes();
    return "rw,nosuid,nodev,%s,size=%d,mode=1777".formatted(exec, bytes);
  }

  private Ulimit files() {
    long most = has(Defence.FILES) ? OPEN_FILES : 8 * OPEN_FILES;
    return new Ulimit("nofile", most, most);
  }

  /**
   * A read-only view of a folder. Not a "bind": Docker would create a missing path on the host, as
   * root.
   */
  Mount mount(Path source, String target) {
    boolean readOnly = has(Defence.READ_ONLY_JOB);
    return new Mount()
        .withType(MountType.BIND)
        .withSource(source.toString())
        .withTarget(target)
        .withReadOnly(readOnly);
  }

  private static List<Mount> withDockerSocket(List<Mount> mounts) {
    List<Mount> all = new ArrayList<>(mounts);
    String socket = "/var/run/docker.sock";
    all.add(new Mount().withType(MountType.BIND).withSource(socket).withTarget("/run/docker.sock"));
    return all;
  }
}
