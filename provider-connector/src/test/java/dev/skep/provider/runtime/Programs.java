package dev.skep.provider.runtime;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.pool.Language;
import dev.skep.protocol.pool.ProgramRuntime;
import dev.skep.provider.image.ImageRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Programs that the fake runtime and real Python understand alike, and the specs to run them by.
 */
public final class Programs {

  private static final Uuid7 IDS = Uuid7.system();

  private Programs() {}

  /**
   * A program whose job has that Python body, and that does as {@code fake} says in the fake
   * runtime.
   */
  public static JobSpec job(String fake, String body) {
    return spec(
        "%s\nfrom sdk import create_job, define_init, config\ndef run(input):\n%s\ncreate_job(run)\n"
            .formatted(
                fake.isEmpty() ? "" : "#fake " + fake.replace("\n", "\n#fake "),
                body.indent(4).stripTrailing()));
  }

  public static JobSpec echo() {
    return job("", "return input");
  }

  public static JobSpec spec(String program) {
    return spec(program, Resources.DEFAULT, List.of());
  }

  public static JobSpec spec(String program, Resources resources, List<ModelMount> models) {
    byte[] bytes = program.getBytes(StandardCharsets.UTF_8);
    return new JobSpec(
        bytes,
        JobSpec.sha256(bytes),
        ImageRef.parse("python"),
        resources,
        models,
        1 << 20,
        Duration.ofMinutes(1));
  }

  /** The same for a JavaScript program. */
  public static JobSpec javaScript(String program) {
    byte[] bytes = program.getBytes(StandardCharsets.UTF_8);
    return new JobSpec(
        bytes,
        JobSpec.sha256(bytes),
        ImageRef.parse("node"),
        Resources.DEFAULT,
        List.of(),
        1 << 20,
        Duration.ofMinutes(1),
        JobSetting.of(ProgramRuntime.of(Language.NODE)));
  }

  public static AttemptRef anAttempt() {
    return new AttemptRef(new JobId(IDS.next()), 1);
  }

  public static SlotId aSlot() {
    return new SlotId(IDS.next());
  }

  public static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
