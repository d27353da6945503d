package dev.skep.queen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private final JobId job = new JobId(Uuid7.system().next());
  private final Kept kept = new Kept();

  @BeforeEach
  void set() {
    kept.clock = Clock.fixed(NOW, ZoneOffset.UTC);
    kept.config = days(Optional.of(3));
  }

  @Test
  void shouldKeepWhatIsOpenOrEndedWithinTheTime() {
    assertThatCode(() -> kept.require(job, null)).doesNotThrowAnyException();
    assertThatCode(() -> kept.require(job, NOW.minus(Duration.ofDays(3))))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldSayHonestlyThatTheTimeIsOver() {
    assertThatThrownBy(() -> kept.require(job, NOW.minus(Duration.ofDays(3)).minusSeconds(1)))
        .isInstanceOfSatisfying(
            SkepException.class,
            e -> {
              assertThat(e.status()).isEqualTo(410);
              assertThat(e.code()).isEqualTo("result-expired");
              assertThat(e.getMessage()).contains("3 days");
            });
  }

  @Test
  void shouldKeepTheResultsOfAPoolFromItsEndOn() {
    PoolId pool = new PoolId(Uuid7.system().next());

    assertThatCode(() -> kept.require(pool, null)).doesNotThrowAnyException();
    assertThatThrownBy(() -> kept.require(pool, NOW.minus(Duration.ofDays(4))))
        .hasMessageContaining("pool " + pool);
  }

  @Test
  void shouldKeepForAWeekWhenNobodySaysOtherwise() {
    kept.config = days(Optional.empty());

    assertThat(kept.until(NOW)).isEqualTo(NOW.plus(Duration.ofDays(7)));
  }

  private static Config days(Optional<Integer> value) {
    return (Config)
        java.lang.reflect.Proxy.newProxyInstance(
            KeptTest.class.getClassLoader(),
            new Class<?>[] {Config.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("getOptionalValue");
              assertThat(arguments[0]).isEqualTo("SKEP_RESULTS_KEPT_DAYS");
              return value;
            });
  }
}
