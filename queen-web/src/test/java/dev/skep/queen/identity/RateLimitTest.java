package dev.skep.queen.identity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import dev.skep.queen.settings.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final TestClock clock = new TestClock();
  private final RateLimit limit = new RateLimit(clock, Duration.ofMinutes(1), 2);

  @Test
  void shouldRefuseAboveTheLimitUntilTheWindowPassed() {
    limit.count("a");
    limit.count("a");
    assertThatThrownBy(() -> limit.count("a"))
        .isInstanceOfSatisfying(
            SkepException.class,
            e -> org.assertj.core.api.Assertions.assertThat(e.status()).isEqualTo(429));
    assertThatCode(() -> limit.count("b")).doesNotThrowAnyException();

    clock.pass(Duration.ofMinutes(1));
    assertThatCode(() -> limit.count("a")).doesNotThrowAnyException();
  }
}
