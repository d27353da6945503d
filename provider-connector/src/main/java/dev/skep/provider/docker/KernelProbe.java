package dev.skep.provider.docker;

import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.provider.image.ImageRef;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.Resources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The smallest job: shows whether a worker gets ready and its socket reaches out of a sandbox. */
final class KernelProbe {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] PROGRAM =
      "from sdk import create_job\ncreate_job(lambda input: input)\n"
          .getBytes(StandardCharsets.US_ASCII);

  private KernelProbe() {}

  /** Starts one slot and ends it; throws what starting threw. */
  static void run(DockerRuntime runtime) {
    JobSpec spec =
        new JobSpec(
            PROGRAM,
            JobSpec.sha256(PROGRAM),
            ImageRef.parse("python"),
            Resources.DEFAULT,
            List.of(),
            1 << 10,
            PATIENCE);
    runtime.start(new SlotId(Uuid7.system().next()), spec).close();
  }
}
