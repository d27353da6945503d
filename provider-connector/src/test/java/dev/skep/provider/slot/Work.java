package dev.skep.provider.slot;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wire.Offer;
import dev.skep.provider.image.ImageRef;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.Resources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Slots, programs and offers for tests. */
public final class Work {
  private static final Uuid7 IDS = Uuid7.system();

  private Work() {}

  public static List<SlotId> slots(int count) {
    return Stream.generate(() -> new SlotId(IDS.next())).limit(count).toList();
  }

  public static JobSpec job(String program) {
    byte[] bytes = program.getBytes(StandardCharsets.UTF_8);
    return new JobSpec(
        bytes,
        JobSpec.sha256(bytes),
        ImageRef.parse("python"),
        Resources.DEFAULT,
        List.of(),
        1 << 20,
        Duration.ofSeconds(10));
  }

  public static Offer offer(SlotId slot) {
    return offer(slot, 60_000);
  }

  public static Offer offer(SlotId slot, long runLimitMillis) {
    AttemptRef attempt = new AttemptRef(new JobId(IDS.next()), 1);
    byte[] input = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    return new Offer(attempt, slot, new PoolId(IDS.next()), input, runLimitMillis);
  }
}
