package dev.skep.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private final Uuid7 ids = new Uuid7(Clock.fixed(NOON, ZoneOffset.UTC), new Random(7));

  @Test
  void shouldRiseStrictlyEvenWhenTheClockStandsStill() {
    List<JobId> made = Stream.generate(ids::next).limit(10_000).map(JobId::new).toList();
    assertThat(made).isSorted().doesNotHaveDuplicates();
    assertThat(made).allSatisfy(id -> assertThat(JobId.parse(id.toString())).isEqualTo(id));
  }

  @Test
  void shouldCarryItsTimeVersionAndVariant() {
    UUID id = ids.next();
    assertThat(Uuid7.instantOf(id)).isEqualTo(NOON);
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(Uuid7.firstOf(NOON).toString()).isLessThan(id.toString());
    assertThat(Uuid7.firstOf(NOON.plusMillis(1)).toString()).isGreaterThan(id.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-2-3-4-5",
        "018cc251-f400-4000-8000-000000000000",
        "018CC251-F400-7000-8000-000000000000",
        "018cc251-f400-7000-c000-000000000000",
        "018cc251-f400-7000-8000-0000000000000",
        "../../etc/passwd"
      })
  void shouldRefuseAnythingButACanonicalVersion7Id(String text) {
    assertThatThrownBy(() -> PoolId.parse(text)).isInstanceOf(SkepException.class);
  }

  @Test
  void shouldReadAnAttemptAsItWasPrinted() {
    AttemptRef attempt = new AttemptRef(new JobId(ids.next()), 3);
    assertThat(AttemptRef.parse(attempt.toString())).isEqualTo(attempt);
    assertThatThrownBy(() -> AttemptRef.parse(attempt.job() + "/0"))
        .isInstanceOf(SkepException.class);
    assertThatThrownBy(() -> AttemptRef.parse(attempt.job() + "/-1"))
        .isInstanceOf(SkepException.class);
    assertThatThrownBy(() -> AttemptRef.parse("/1")).isInstanceOf(SkepException.class);
  }
}
