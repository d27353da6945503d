package dev.skep.provider.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.provider.image.ImageRef;
import dev.skep.provider.runtime.FakeRuntime;
import dev.skep.provider.security.AttackResult.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecurityCheckTest {

  @Test
  void shouldNotCallARuntimeSafeThatDidNotRunTheAttacks() {
    try (FakeRuntime runtime = new FakeRuntime()) {
      SecurityReport report = new SecurityCheck(runtime, ImageRef.parse("python")).run();
      assertThat(report.attacks()).hasSize(Attack.values().length);
      assertThat(report.allContained()).isFalse();
      assertThat(report.attacks()).extracting(AttackResult::verdict).containsOnly(Verdict.UNKNOWN);
    }
  }

  @Test
  void shouldTellPeopleAndMachinesTheSame() {
    SecurityReport report =
        new SecurityReport(
            List.of(
                new AttackResult(Attack.NETWORK, "1.1.1.1:80 answered", Verdict.ESCAPED),
                new AttackResult(Attack.WRITE_ROOT, "/x: EROFS", Verdict.CONTAINED)));
    assertThat(report.table()).contains("network", "ESCAPED", "1 of 2 attacks contained");
    assertThat(report.toJson().getBoolean("contained")).isFalse();
    assertThat(report.toJson().getJsonArray("attacks").getJsonObject(0).getString("verdict"))
        .isEqualTo("ESCAPED");
  }
}
