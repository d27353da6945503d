package dev.skep.provider.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdleWatchTest {

  private Instant now = Instant.EPOCH;
  private double load;
  private Optional<Duration> input = Optional.empty();
  private int looks;

  private final MachineUse machine =
      new MachineUse() {
        @Override
        public double othersLoad() {
          looks++;
          return load;
        }

        @Override
        public Optional<Duration> sinceInput() {
          return input;
        }
      };

  private IdleWatch watch(double mostLoad, Duration quiet) {
    return new IdleWatch(new IdleRule(mostLoad, quiet), machine, () -> now);
  }

  private void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }

  @Test
  void shouldStayAwayUntilAMinuteWentByWithoutLoad() {
    IdleWatch watch = watch(0.3, Duration.ZERO);
    assertThat(watch.isBusy()).isFalse();
    load = 0.31;
    pass(5);
    assertThat(watch.isBusy()).isTrue();
    load = 0;
    pass(55);
    assertThat(watch.isBusy()).isTrue();
    load = 0.9;
    pass(4);
    assertThat(watch.isBusy()).as("not looked at yet").isTrue();
    pass(1);
    assertThat(watch.isBusy()).isTrue();
    load = 0.3;
    pass(59);
    assertThat(watch.isBusy()).isTrue();
    pass(1);
    assertThat(watch.isBusy()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"PT9M59S, true", "PT10M, false", ", false"})
  void shouldStayAwayWhileSomebodyTypes(Duration age, boolean busy) {
    input = Optional.ofNullable(age);
    assertThat(watch(1, Duration.ofMinutes(10)).isBusy()).isEqualTo(busy);
  }

  @Test
  void shouldLookEveryFiveSecondsHoweverOftenItIsAsked() {
    IdleWatch watch = watch(0.3, Duration.ZERO);
    for (int halfSeconds = 0; halfSeconds < 20; halfSeconds++) {
      watch.isBusy();
      now = now.plusMillis(500);
    }
    assertThat(looks).isEqualTo(1 + 2);
  }

  @Test
  void shouldNotLookAtAllWithoutARule() {
    IdleWatch watch = new IdleWatch(IdleRule.NONE, machine, () -> now);
    load = 1;
    assertThat(watch.isBusy()).isFalse();
    assertThat(looks).isZero();
  }
}
