package dev.skep.provider.docker;

import static dev.skep.provider.runtime.JobRuntimeContract.assertFault;
import static dev.skep.provider.runtime.Programs.aSlot;
import static dev.skep.provider.runtime.Programs.anAttempt;
import static dev.skep.provider.runtime.Programs.job;
import static dev.skep.provider.runtime.Programs.json;
import static dev.skep.provider.runtime.Programs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.ModelMount;
import dev.skep.provider.runtime.Resources;
import dev.skep.provider.runtime.WarmSlot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that print garbage, answer 100 MB, seize the socket or never get ready. */
@Tag("docker")
class HostileJobIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Resources ROOMY = new Resources(1000, 768L << 20, 64, 16L << 20);

  /** Finds the worker's connection among its own descriptors. */
  private static final String SEIZE =
      """
      import os, socket, stat, struct
      fd = next(n for n in range(3, 64) if os.path.exists(f'/proc/self/fd/{n}') and stat.S_ISSOCK(os.fstat(n).st_mode))
      def frame(b): return struct.pack('>I', len(b)) + b
      """;

  private static DockerRuntime runtime;

  @BeforeAll
  static void open() {
    runtime = DockerRuntime.open(DockerSettings.standard());
  }

  @AfterAll
  static void close() {
    runtime.close();
  }

  private static JobOutcome run(JobSpec spec) {
    try (WarmSlot slot = runtime.start(aSlot(), spec)) {
      return slot.run(anAttempt(), json("1"), LIMIT);
    }
  }

  private static JobSpec roomy(String body) {
    return spec(
        "from sdk import create_job\ndef run(input):\n" + body.indent(4) + "create_job(run)\n",
        ROOMY,
        List.of());
  }

  @Test
  void shouldAnswerAlthoughTheJobPrintsGarbage() {
    JobOutcome outcome =
        run(
            job(
                "",
                "import os\nos.write(1, b'\\x00\\xff{\"type\":\"result\"}')\nprint('x')\nreturn 1"));
    assertThat(outcome.output()).asString().isEqualTo("1");
    assertThat(outcome.log()).contains("result").contains("x");
  }

  @Test
  void shouldKeepOnlySomeOfALongLog() {
    JobOutcome outcome = run(job("", "for _ in range(3000): print('y' * 1000)\nreturn 1"));
    assertThat(outcome.logTruncated()).isTrue();
    assertThat(outcome.log().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(64 * 1024);
    assertThat(outcome.log()).contains("log cut here");
  }

  @Test
  void shouldRefuseAHundredMegabytesAndStayWarm() {
    try (WarmSlot slot = runtime.start(aSlot(), roomy("return 'x' * 100_000_000"))) {
      assertFault(slot.run(anAttempt(), json("1"), LIMIT), "output-too-large", Fault.JOB);
      assertThat(slot.alive()).isTrue();
    }
  }

  @Test
  void shouldNotReadAHundredMegabytesFromAJobThatSeizedTheSocket() {
    String head = "frame(b'{\"type\":\"result\",\"id\":\"x\",\"payload\":true}')";
    String body =
        SEIZE
            + "os.write(fd, "
            + head
            + " + struct.pack('>I', 100_000_000))\nimport time; time.sleep(600)";
    assertFault(run(job("", body)), "output-too-large", Fault.JOB);
  }

  @Test
  void shouldEndAJobThatWritesIntoTheSocket() {
    for (String bytes :
        List.of(
            "b'\\x7f\\xff\\xff\\xff'",
            "frame(b'[]')",
            "frame(b'{\"type\":\"ready\"}')",
            "frame(b'\\xff')")) {
      JobOutcome outcome =
          run(job("", SEIZE + "os.write(fd, " + bytes + ")\nimport time; time.sleep(600)"));
      assertFault(outcome, "worker-protocol", Fault.JOB);
    }
  }

  @Test
  void shouldRefuseAForgedAnswerThatIsNotJson() {
    String body =
        SEIZE
            + "import gc\nfrom sdk._frames import Message\n"
            + "id = next(o.header['id'] for o in gc.get_objects() if isinstance(o, Message) and o.payload)\n"
            + "os.write(fd, frame(('{\"type\":\"result\",\"id\":\"%s\",\"payload\":true}' % id).encode()) + frame(b'NaN'))\n"
            + "import time; time.sleep(600)";
    JobOutcome outcome = run(job("", body));
    assertFault(outcome, "worker-protocol", Fault.JOB);
    assertThat(outcome.problem().detail()).contains("not JSON");
  }

  @Test
  void shouldRefuseAProgramThatIsNeverReady() {
    JobSpec slow = job("", "pass");
    String program = "import time; time.sleep(600)";
    JobSpec spec =
        new JobSpec(
            json(program),
            JobSpec.sha256(json(program)),
            slow.image(),
            slow.resources(),
            slow.mounts(),
            slow.maxOutputBytes(),
            Duration.ofSeconds(2));
    assertStartFails(spec, "init-limit");
  }

  @Test
  void shouldSayWhatBrokeInInit() {
    assertStartFails(spec("import sdk, no_such_module"), "init-failed");
    assertStartFails(spec("x = [bytearray(1 << 20) for _ in range(1000)]"), "out-of-memory");
    assertStartFails(spec("import os; os._exit(0)"), "job-exited");
  }

  private static void assertStartFails(JobSpec spec, String code) {
    assertThatThrownBy(() -> runtime.start(aSlot(), spec))
        .asInstanceOf(type(SkepException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).as(e.toString()).isEqualTo(code);
              assertThat(e.fault()).isEqualTo(Fault.JOB);
              assertThat(e.hint()).isNotBlank();
            });
  }

  @Test
  void shouldMountModelsReadOnlyWhereTheHubCacheIs(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("config.json"), "{}");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    JobSpec spec =
        spec(
            """
            import os
            from sdk import create_job
            def run(input):
                cache = os.environ['HF_HOME'] + '/hub/models--dslim--bert-base-NER'
                snapshot = cache + '/snapshots/' + open(cache + '/refs/main').read()
                try:
                    open(snapshot + '/x', 'w')
                    return 'writable'
                except OSError as error:
                    return [os.listdir(snapshot), error.strerror, os.environ['HF_HUB_OFFLINE']]
            create_job(run)
            """,
            Resources.DEFAULT,
            List.of(new ModelMount("dslim/bert-base-NER", folder)));
    assertThat(run(spec).output())
        .asString()
        .isEqualTo("[[\"config.json\"],\"Read-only file system\",\"1\"]");
  }
}
