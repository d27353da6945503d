package dev.skep.provider.runtime;

import static dev.skep.provider.runtime.Programs.aSlot;
import static dev.skep.provider.runtime.Programs.anAttempt;
import static dev.skep.provider.runtime.Programs.job;
import static dev.skep.provider.runtime.Programs.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.Fault;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeRuntimeTest implements JobRuntimeContract {

  private final FakeRuntime runtime = new FakeRuntime();

  @Override
  public JobRuntime runtime() {
    return runtime;
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void shouldPlayALostEngine() {
    WarmSlot slot = runtime.start(aSlot(), job("engine-gone", "pass"));
    JobRuntimeContract.assertFault(
        slot.run(anAttempt(), json("1"), LIMIT), "runtime-unavailable", Fault.PROVIDER);
    assertThat(slot.alive()).isFalse();
  }

  @Test
  void shouldTellTheTimeInMicroseconds() {
    HeardEvents heard = new HeardEvents();
    WarmSlot slot = runtime.start(aSlot(), job("clock 2\nthrow enough", "pass"));
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
    slot.run(anAttempt(), json("1"), LIMIT, heard);
    assertThat(heard.parts())
        .hasSize(2)
        .allSatisfy(
            part ->
                assertThat(Instant.EPOCH.plus(Long.parseLong(part), ChronoUnit.MICROS))
                    .isBetween(before, Instant.now()));
  }

  @Test
  void shouldSayThatItIsAFake() {
    assertThat(runtime.findings()).extracting(Finding::code).containsExactly("fake-runtime");
  }

  @Test
  void shouldEndItsSlotsWhenClosed() {
    WarmSlot slot = runtime.start(aSlot(), Programs.echo());
    runtime.close();
    assertThat(slot.alive()).isFalse();
  }
}
