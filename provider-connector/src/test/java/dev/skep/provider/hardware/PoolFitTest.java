package dev.skep.provider.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolFitTest {
  private static final Hardware MACHINE =
      new Hardware(
          "Linux",
          new Hardware.Processor("x", 2, 4, 3),
          new Hardware.Memory(8L << 30, 4L << 30),
          List.of(new Hardware.Gpu("card", 8L << 30, "1")),
          List.of(new Hardware.Disk("/", "ext4", 20L << 30, 5L << 30)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1   | 268435456  | 10 | 0  | 10 | 4 | limited by processors: a slot takes 1, there are 4",
        "0.1 | 1073741824 | 10 | 0  | 10 | 4 | limited by memory: a slot takes 1.0 GiB, 4.0 GiB are free",
        "1   | 268435456  | 10 | 8  | 10 | 2 | limited by free slots of the pool: 2",
        "1   | 268435456  | 10 | 0  | 1  | 1 | limited by slots per provider: 1",
        "8   | 268435456  | 10 | 0  | 10 | 0 | not enough processors: a slot takes 8, there are 4",
        "1   | 268435456  | 10 | 10 | 10 | 0 | not enough free slots of the pool: 0",
      })
  void shouldSayHowManyFitAndWhatLimitsThem(
      String cpus, String memory, int limit, int taken, int perUser, int slots, String reason) {
    JsonObject pool =
        Json.createReader(
                new StringReader(
                    """
                    {"id":"p","name":"n","slotLimit":%d,"slotsTaken":%d,"perUser":%d,
                     "spec":{"resources":{"cpus":%s,"memory":%s}}}
                    """
                        .formatted(limit, taken, perUser, cpus, memory)))
            .readObject();

    PoolFit fit = PoolFit.judge(MACHINE, pool);
    assertThat(fit.slots()).isEqualTo(slots);
    assertThat(fit.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8          | 0 | 0          | processors: a slot takes 8, there are 4",
        "1          | 2 | 0          | graphics cards: a slot takes 2, there are 1 such",
        "1          | 1 | 8589934593 | graphics cards: a slot takes 1 of 8.0 GiB, there are 0 such",
      })
  void shouldRefuseAMachineThatHoldsNoSlotWithTheNumbers(
      String cpus, int gpus, long vram, String why) {
    assertThatThrownBy(() -> PoolFit.check(MACHINE, needs(cpus, gpus, vram, 0)))
        .isInstanceOfSatisfying(
            SkepException.class,
            e -> {
              assertThat(e.code()).isEqualTo("machine-too-small");
              assertThat(e.fault()).isEqualTo(Fault.PROVIDER);
              assertThat(e).hasMessageContaining(why);
            });
  }

  @Test
  void shouldCountTheDiskOfTheMachine() {
    assertThatThrownBy(() -> PoolFit.check(MACHINE, needs("1", 0, 0, 6L << 30)))
        .hasMessageContaining("disk: 6.0 GiB are asked for, 5.0 GiB are free");
    PoolFit.check(MACHINE, needs("1", 1, 8L << 30, 5L << 30));
  }

  private static JsonObject needs(String cpus, int gpus, long vram, long disk) {
    return Json.createObjectBuilder()
        .add("cpus", new BigDecimal(cpus))
        .add("memory", 256L << 20)
        .add("disk", disk)
        .add("gpus", gpus)
        .add("vram", vram)
        .build();
  }

  @Test
  void shouldSayWhatTheSlotsEarnAndThatAPoolCannotPay() {
    PoolFit rich = PoolFit.judge(MACHINE, pool("5000000000000000000"));
    assertThat(rich.slots()).isEqualTo(4);
    assertThat(rich.pay().perJob().toHuman()).isEqualTo("0.01 SKEP");
    assertThat(rich.perHour().toHuman()).as("four slots of 0.001 a second").isEqualTo("14.4 SKEP");
    PoolFit poor = PoolFit.judge(MACHINE, pool("100000000000000000"));
    assertThat(poor.slots()).isZero();
    assertThat(poor.reason())
        .isEqualTo("not enough money: a job may cost 0.5 SKEP, 0.1 SKEP are left");
    assertThat(rich.atMost(1, "limited by limits.yml").slots()).isEqualTo(1);
    assertThat(rich.atMost(9, "no").reason()).startsWith("limited by processors");
  }

  private static JsonObject pool(String available) {
    return Json.createReader(
            new StringReader(
                """
                {"id":"p","name":"n","slotLimit":10,"slotsTaken":0,"perUser":10,
                 "maxPerJob":"500000000000000000","available":"%s",
                 "price":{"perJob":"10000000000000000","perSecond":"1000000000000000"},
                 "spec":{"resources":{"cpus":1,"memory":268435456}}}
                """
                    .formatted(available)))
        .readObject();
  }
}
