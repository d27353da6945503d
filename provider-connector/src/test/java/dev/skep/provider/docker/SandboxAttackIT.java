package dev.skep.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.provider.image.ImageRef;
import dev.skep.provider.security.Attack;
import dev.skep.provider.security.AttackResult;
import dev.skep.provider.security.AttackResult.Verdict;
import dev.skep.provider.security.SecurityCheck;
import dev.skep.provider.security.SecurityReport;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each attack against the sandbox as it is, and with the wall taken down that was meant for it. */
@Tag("docker")
class SandboxAttackIT {

  private static final ImageRef PYTHON = ImageRef.parse("python");

  /** Some walls stand behind another one: both must be down before the attack gets through. */
  private static final Map<Attack, Set<Defence>> WALLS =
      Map.ofEntries(
          Map.entry(Attack.WRITE_ROOT, root(Defence.READ_ONLY_ROOT)),
          Map.entry(Attack.WRITE_JOB, root(Defence.READ_ONLY_JOB)),
          Map.entry(Attack.GAIN_RIGHTS, root(Defence.SECCOMP)),
          Map.entry(Attack.KERNEL_DOORS, Set.of(Defence.SECCOMP)),
          Map.entry(Attack.FORK_BOMB, Set.of(Defence.PIDS)),
          Map.entry(Attack.FILE_BOMB, Set.of(Defence.FILES)),
          Map.entry(Attack.FILL_TMP, Set.of(Defence.TMP_SIZE)),
          Map.entry(Attack.EXEC_TMP, Set.of(Defence.TMP_NOEXEC)),
          Map.entry(Attack.NETWORK, Set.of(Defence.NO_NETWORK)),
          Map.entry(Attack.HOST_DOORS, Set.of(Defence.NO_HOST_DOORS)),
          Map.entry(Attack.HOST_VIEW, Set.of(Defence.OWN_NAMESPACES)),
          Map.entry(Attack.MEMORY_BOMB, Set.of(Defence.MEMORY)));

  /**
   * A container whose user is root cannot even start with our system calls, so that wall falls with
   * the other.
   */
  private static Set<Defence> root(Defence also) {
    return EnumSet.of(Defence.UNPRIVILEGED, Defence.SECCOMP, also);
  }

  @Test
  void shouldContainEveryAttack() {
    try (DockerRuntime runtime = DockerRuntime.open(DockerSettings.standard())) {
      SecurityReport report = new SecurityCheck(runtime, PYTHON).run();
      System.out.println(report.table());
      assertThat(report.attacks()).hasSize(Attack.values().length);
      assertThat(report.allContained()).as(report.table()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void shouldLetTheAttackThroughWhenItsWallIsDown(Attack attack) {
    Sandbox weak = Sandbox.without(WALLS.get(attack));
    try (DockerRuntime runtime = DockerRuntime.open(DockerSettings.standard(), weak)) {
      AttackResult result =
          new SecurityCheck(runtime, PYTHON).run(List.of(attack)).attacks().get(0);
      assertThat(result.verdict()).as("%s: %s", attack, result.seen()).isEqualTo(Verdict.ESCAPED);
    }
  }

  @Test
  void shouldNeedEveryWall() {
    assertThat(Stream.of(Attack.values()).flatMap(attack -> WALLS.get(attack).stream()))
        .contains(Defence.values());
  }
}
