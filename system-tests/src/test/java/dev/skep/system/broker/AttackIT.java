package dev.skep.system.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The guard is what stops them: each attack works without it and fails with it. */
class AttackIT {
  private static final LabServer SERVER = LabServer.shared();
  private static final Lab LAB = new Lab(SERVER);
  private static final Duration SHORT = Duration.ofSeconds(5);

  @BeforeEach
  void emptyTheQueues() {
    LAB.drain();
  }

  @AfterAll
  static void putTheGuardBack() {
    LAB.guard(true);
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void shouldSucceedWhenTheGuardIsOff(Attack attack) throws Exception {
    LAB.guard(false);
    long before = LAB.violations();

    try (Stage stage = new Stage(SERVER, LAB)) {
      assertThat(attack.succeeds(stage)).isTrue();
    }
    assertThat(LAB.violations()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void shouldFailAndCostTheConnectionWhenTheGuardIsOn(Attack attack) throws Exception {
    LAB.guard(true);
    long before = LAB.violations();
    Provider bystander = LAB.provider();

    try (HonestConnector honest = HonestConnector.of(SERVER, bystander);
        Stage stage = new Stage(SERVER, LAB)) {
      assertThat(succeeds(attack, stage)).isFalse();

      assertThat(LAB.violations()).isGreaterThan(before);
      assertUndisturbed(honest, bystander);
      assertUndisturbed(stage);
    }
  }

  private static boolean succeeds(Attack attack, Stage stage) throws InterruptedException {
    try {
      return attack.succeeds(stage);
    } catch (IOException e) {
      return false; // The guard closed the attacker's connection.
    }
  }

  private static void assertUndisturbed(HonestConnector honest, Provider provider)
      throws Exception {
    LAB.send(provider.inbox(), "offer");
    assertThat(honest.receive(SHORT)).isEqualTo("offer");
    honest.send(Lab.RESULTS, "result");
    assertThat(LAB.receive(Lab.RESULTS, SHORT)).isEqualTo("result");
  }

  private static void assertUndisturbed(Stage stage) {
    assertThat(LAB.exists(stage.victim().inbox())).isTrue();
  }
}
