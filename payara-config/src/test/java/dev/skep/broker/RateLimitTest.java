package dev.skep.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong now = new AtomicLong();
  private final RateLimit limit = new RateLimit(2, Duration.ofSeconds(1), now::get);

  @Test
  void shouldRefuseTheThirdOfAKindInAWindow() {
    assertThat(limit.allows("a")).isTrue();
    assertThat(limit.allows("a")).isTrue();
    assertThat(limit.allows("a")).isFalse();
    assertThat(limit.allows("b")).isTrue();
  }

  @Test
  void shouldAllowAgainWhenTheWindowIsOver() {
    limit.allows("a");
    limit.allows("a");
    now.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(limit.allows("a")).isTrue();
  }
}
