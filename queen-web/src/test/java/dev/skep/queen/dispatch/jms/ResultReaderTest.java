package dev.skep.queen.dispatch.jms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.Fault;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.protocol.wire.Blob;
import dev.skep.queen.dispatch.BlobRef;
import dev.skep.queen.dispatch.RunResult;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ResultReaderTest {
  private static final Uuid7 IDS = Uuid7.system();
  private static final Blob BLOB = new Blob("ab".repeat(32), 4_000_000);
  private static final BlobRef REF = new BlobRef(new UUID(1, 2), BLOB.sha256(), BLOB.size());

  private final AttemptRef attempt = new AttemptRef(new JobId(IDS.next()), 1);
  private final SlotId slot = new SlotId(IDS.next());

  private RunResult read(AttemptResult told, Optional<BlobRef> brought) {
    return new ResultReader((attempt, named) -> brought).read(told);
  }

  @Test
  void shouldPutTheMarkOfWhatWasBroughtInItsPlace() {
    AttemptResult told = AttemptResult.brought(attempt, slot, BLOB, 5, "log", false);

    assertThat(BlobRef.of(read(told, Optional.of(REF)).output())).contains(REF);
  }

  @Test
  void shouldFailAnOutputThatWasNamedAndNotBrought() {
    AttemptResult told = AttemptResult.brought(attempt, slot, BLOB, 5, "log", false);
    RunResult read = read(told, Optional.empty());

    assertThat(read.problem().code()).isEqualTo("output-not-brought");
    assertThat(read.problem().fault()).isEqualTo(Fault.PROVIDER);
    assertThat(read.output()).isEmpty();
  }

  @Test
  void shouldFailAnOutputThatForgesOurMark() {
    AttemptResult forged = AttemptResult.succeeded(attempt, slot, REF.mark(), 5, "", false);

    assertThat(read(forged, Optional.empty()).problem().code()).isEqualTo("output-invalid");
  }

  @Test
  void shouldLeaveEverythingElseAsItCame() {
    byte[] output = "{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    AttemptResult told = AttemptResult.succeeded(attempt, slot, output, 5, "log", true);
    RunResult read = read(told, Optional.empty());

    assertThat(read.output()).isEqualTo(output);
    assertThat(read.problem()).isNull();
    assertThat(read.log()).isEqualTo(new RunResult.RunLog("log", true));
  }
}
