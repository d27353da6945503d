package dev.skep.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.provider.runtime.Programs;
import dev.skep.provider.worker.Owner;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final Owner self = Owner.self();

  private Map<String, String> labels(Owner owner) {
    return new HashMap<>(Labels.of(owner, Programs.aSlot(), NOW.plusSeconds(10)));
  }

  @Test
  void shouldSpareTheContainersOfTheLiving() {
    assertThat(Labels.isOrphan(labels(self), NOW)).isFalse();
  }

  @Test
  void shouldTakeWhatIsPastItsDeadline() {
    assertThat(Labels.isOrphan(labels(self), NOW.plusSeconds(11))).isTrue();
  }

  @Test
  void shouldTakeTheContainersOfTheDead() {
    assertThat(Labels.isOrphan(labels(new Owner("999999999:1", self.place())), NOW)).isTrue();
  }

  @Test
  void shouldTellAReusedPidFromItsFormerOwner() {
    String pid = self.text().split(":")[0];
    assertThat(Labels.isOrphan(labels(new Owner(pid + ":1000", self.place())), NOW)).isTrue();
  }

  @Test
  void shouldTakeWhatAnotherBootLeft() {
    assertThat(Labels.isOrphan(labels(new Owner(self.text(), "another-boot pid:[1]")), NOW))
        .isTrue();
  }

  @Test
  void shouldNotJudgeOwnersOfAnotherPidNamespace() {
    String boot = self.place().split(" ")[0];
    assertThat(Labels.isOrphan(labels(new Owner("999999999:1", boot + " pid:[1]")), NOW)).isFalse();
  }

  @Test
  void shouldNeverTouchForeignContainers() {
    assertThat(Labels.isOrphan(null, NOW)).isFalse();
    assertThat(Labels.isOrphan(Map.of("com.example", "x"), NOW)).isFalse();
  }
}
