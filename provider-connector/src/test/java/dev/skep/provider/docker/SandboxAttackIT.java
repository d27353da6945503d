package dev.skep.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.provider.image.ImageRef;
import dev.skep.provider.network.EgressPolicy;
import dev.skep.provider.security.Attack;
import dev.skep.provider.security.AttackResult;
import dev.skep.provider.security.AttackResult.Verdict;
import dev.skep.provider.security.SecurityCheck;
import dev.skep.provider.security.SecurityReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each attack against the sandbox as it is, and with the wall taken down that was meant for it. */
@Tag("docker")
class SandboxAttackIT {

  private static final DockerSettings SETTINGS =
      DockerSettings.standard().with(EgressPolicy.PUBLIC);
  private static final ImageRef PYTHON = ImageRef.parse("python");

  /**
   * What to take down for an attack to get through, and which parts of it then must. Some walls
   * stand behind another one: both must be down.
   */
  private record Fall(Attack attack, Set<Defence> walls, List<String> parts) {
    @Override
    public String toString() {
      return attack.title() + " without " + walls;
    }
  }

  /** Calls that a kernel may be built without, by their number on x86-64. */
  private static final Map<String, Integer> RARE =
      Map.of("userfaultfd", 323, "kexec_load", 246, "init_module", 175);

  /** Fails when the call is not there; the arguments are ones that nothing can be done with. */
  private static final String ASK_KERNEL =
      "import ctypes, errno, sys; libc = ctypes.CDLL(None, use_errno=True);"
          + "libc.syscall(int(sys.argv[1]), -1, -1, None, -1);"
          + "sys.exit(ctypes.get_errno() == errno.ENOSYS)";

  private static final List<Fall> FALLS = new ArrayList<>();

  static {
    fall(Attack.WRITE_ROOT, root(Defence.READ_ONLY_ROOT), "/x", "/usr/x", "/etc/x", "/etc/passwd");
    fall(Attack.WRITE_JOB, root(Defence.READ_ONLY_JOB), "/job/job.py", "/job/x", "/run/skep/x");
    fall(
        Attack.GAIN_RIGHTS,
        root(Defence.SECCOMP),
        "CapEff",
        "NoNewPrivs",
        "Seccomp",
        "setuid",
        "mknod",
        "chroot",
        "raw socket");
    fall(
        Attack.KERNEL_DOORS,
        Set.of(Defence.SECCOMP),
        "io_uring_setup",
        "AF_VSOCK",
        "keyctl",
        "add_key");
    fall(
        Attack.KERNEL_DOORS,
        root(Defence.NO_KERNEL_RIGHTS),
        "AF_PACKET",
        "bpf",
        "userfaultfd",
        "perf_event_open",
        "unshare user namespace",
        "setns",
        "mount",
        "pivot_root",
        "kexec_load",
        "syslog",
        "init_module");
    fall(Attack.FORK_BOMB, Set.of(Defence.PIDS), "200 processes");
    fall(Attack.FILE_BOMB, Set.of(Defence.FILES), "5000 files");
    fall(Attack.FILL_TMP, Set.of(Defence.TMP_SIZE), "/tmp/fill", "/dev/shm/fill");
    fall(Attack.EXEC_TMP, Set.of(Defence.TMP_NOEXEC), "run /tmp/program");
    fall(Attack.NETWORK, Set.of(Defence.NO_NETWORK), "interfaces");
    fall(Attack.HOST_DOORS, Set.of(Defence.NO_HOST_DOORS), "doors");
    fall(Attack.HOST_VIEW, Set.of(Defence.OWN_NAMESPACES), "processes");
    fall(Attack.SPIN_CPUS, Set.of(Defence.CPU), "four spinners");
    fall(Attack.MEMORY_BOMB, Set.of(Defence.MEMORY), "400 MiB");
    fall(Attack.CHILD_MEMORY_BOMB, Set.of(Defence.MEMORY), "child with 400 MiB");
    fall(Attack.TMP_MEMORY_BOMB, Set.of(Defence.MEMORY), "294 MiB");
    fall(Attack.EGRESS, Set.of(Defence.GUARD), "ask 127.0.0.11");
  }

  private static void fall(Attack attack, Set<Defence> walls, String... parts) {
    FALLS.add(new Fall(attack, walls, List.of(parts)));
  }

  /**
   * A container whose user is root cannot even start with our system calls, so that wall falls with
   * the other.
   */
  private static Set<Defence> root(Defence also) {
    return EnumSet.of(Defence.UNPRIVILEGED, Defence.SECCOMP, also);
  }

  @Test
  void shouldContainEveryAttack() {
    try (DockerRuntime runtime = DockerRuntime.open(SETTINGS)) {
      SecurityReport report = new SecurityCheck(runtime, PYTHON).run();
      System.out.println(report.table());
      assertThat(report.attacks()).hasSize(Attack.values().length);
      assertThat(report.allContained()).as(report.table()).isTrue();
    }
  }

  static List<Fall> falls() {
    return FALLS;
  }

  @ParameterizedTest
  @MethodSource("falls")
  void shouldLetTheAttackThroughWhenItsWallIsDown(Fall fall) {
    Sandbox weak = Sandbox.without(fall.walls());
    try (DockerRuntime runtime = DockerRuntime.open(SETTINGS, weak)) {
      AttackResult result =
          new SecurityCheck(runtime, PYTHON).run(List.of(fall.attack())).attacks().get(0);
      assertThat(result.verdict()).as("%s: %s", fall, result.seen()).isEqualTo(Verdict.ESCAPED);
      assertThat(result.seen()).contains(parts(fall));
    }
  }

  /** What a kernel was built without is no door, whatever stands before it. */
  private static List<String> parts(Fall fall) {
    return fall.parts().stream()
        .filter(part -> !RARE.containsKey(part) || isKnownToKernel(RARE.get(part)))
        .toList();
  }

  private static boolean isKnownToKernel(int call) {
    try {
      Process asked =
          new ProcessBuilder("python3", "-c", ASK_KERNEL, "" + call).inheritIO().start();
      return asked.waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldNeedEveryWall() {
    Set<Defence> fallen = EnumSet.of(Defence.NO_IPV6); // EgressAttackIT
    FALLS.forEach(fall -> fallen.addAll(fall.walls()));
    assertThat(fallen).containsExactlyInAnyOrder(Defence.values());
  }

  @Test
  void shouldSeeEveryAttackGetThroughOnce() {
    assertThat(FALLS).extracting(Fall::attack).contains(Attack.values());
  }
}
