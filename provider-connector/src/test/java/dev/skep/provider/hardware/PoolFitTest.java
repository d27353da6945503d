package dev.skep.provider.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolFitTest {
  private static final Hardware MACHINE =
      new Hardware(
          "Linux",
          new Hardware.Processor("x", 2, 4, 3),
          new Hardware.Memory(8L << 30, 4L << 30),
          List.of(),
          List.of());

  @ParameterizedTest
  @CsvSource({
    "1,   268435456,   10, 0, 10, 4, limited by processors of this machine",
    "0.1, 1073741824,  10, 0, 10, 4, limited by free memory of this machine",
    "1,   268435456,   10, 8, 10, 2, limited by free slots of the pool",
    "1,   268435456,   10, 0, 1,  1, limited by slots per provider",
    "8,   268435456,   10, 0, 10, 0, not enough: processors of this machine",
    "1,   268435456,   10, 10, 10, 0, not enough: free slots of the pool"
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
}
