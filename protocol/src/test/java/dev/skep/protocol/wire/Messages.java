package dev.skep.protocol.wire;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.slot.SlotState;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes arbitrary messages from a seed. */
final class Messages {
  private final Random random;
  private final Uuid7 ids;

  Messages(long seed) {
    random = new Random(seed);
    ids = new Uuid7(Clock.systemUTC(), random);
  }

  Message any() {
    return switch (random.nextInt(7)) {
      case 0 ->
          new Pull(
              many(() -> new Pull.SlotCredit(slot(), random.nextInt(64))), many(this::attempt));
      case 1 -> new SlotReports(many(this::report));
      case 2 -> new Results(many(this::result));
      case 3 -> new Offers(many(this::offer));
      case 4 -> new Accepted(random.nextInt(1000), many(this::refusal));
      case 5 -> new Cancel(many(this::attempt));
      default -> new Goodbye("because \"of\" \n ü " + random.nextInt());
    };
  }

  AttemptRef attempt() {
    return new AttemptRef(new JobId(ids.next()), 1 + random.nextInt(9));
  }

  SlotId slot() {
    return new SlotId(ids.next());
  }

  AttemptResult result() {
    if (random.nextInt(4) == 0) {
      return AttemptResult.brought(attempt(), slot(), blob(), 5, "log", false);
    }
    return random.nextBoolean()
        ? AttemptResult.succeeded(
            attempt(),
            slot(),
            bytes(3000),
            random.nextInt(1 << 30),
            "log ü\n",
            random.nextBoolean())
        : AttemptResult.failed(attempt(), slot(), 17, "", false, problem());
  }

  private Blob blob() {
    return new Blob("ab".repeat(32), 1 + random.nextInt(WireLimits.MAX_BLOB));
  }

  Offer offer() {
    if (random.nextInt(4) == 0) {
      PoolId pool = new PoolId(ids.next());
      return new Offer(attempt(), slot(), pool, new byte[0], 1000, false, blob());
    }
    return new Offer(
        attempt(), slot(), new PoolId(ids.next()), bytes(2000), 1 + random.nextInt(60_000));
  }

  private SlotReports.SlotReport report() {
    return random.nextBoolean()
        ? new SlotReports.SlotReport(slot(), SlotState.WARM, "0123456789ab", null)
        : new SlotReports.SlotReport(slot(), SlotState.FAILED, null, problem());
  }

  private Accepted.Refusal refusal() {
    return new Accepted.Refusal(attempt(), "not-your-lease", Fault.PROVIDER, "held by another");
  }

  private static Problem problem() {
    return SkepException.of("job-threw", 422)
        .fault(Fault.JOB)
        .because("ValueError: x")
        .hint("Read the log.")
        .problem();
  }

  private byte[] bytes(int max) {
    byte[] bytes = new byte[random.nextInt(max)];
    random.nextBytes(bytes);
    return bytes;
  }

  private <T> List<T> many(Supplier<T> one) {
    return Stream.generate(one).limit(random.nextInt(6)).toList();
  }
}
