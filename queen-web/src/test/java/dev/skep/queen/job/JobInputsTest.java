package dev.skep.queen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wire.Blob;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.queen.dispatch.BlobRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobInputsTest {
  @TempDir Path folder;

  private static InputStream stream(int length) {
    return new ByteArrayInputStream(new byte[length]);
  }

  @Test
  void shouldLeaveASmallInputAlone() throws IOException {
    byte[] largest = new byte[WireLimits.MAX_INPUT];
    JobInput read =
        new JobInputs()
            .read(new PoolId(Uuid7.system().next()), null, new ByteArrayInputStream(largest));

    assertThat(read.isKept()).as("no pool, blob or file was asked for").isFalse();
    assertThat(read.bytes()).isEqualTo(largest);
  }

  @Test
  void shouldNotTakeAClientsBytesForOurMark() {
    byte[] mark = new BlobRef(new UUID(1, 2), "ab".repeat(32), 300_000).mark();

    assertThatThrownBy(() -> JobInput.sent(mark).check())
        .isInstanceOf(SkepException.class)
        .hasMessageContaining("not JSON");
  }

  @Test
  void shouldHashWhatTheClientSentWhateverWayItIsKept() {
    byte[] json = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    JobInput sent = JobInput.sent(json);
    sent.check();
    BlobRef ref = new BlobRef(new UUID(1, 2), hex(sent.sha256()), json.length);

    assertThat(JobInput.kept(ref).sha256()).isEqualTo(sent.sha256());
  }

  @Test
  void shouldSpoolWithItsHashAndStopAtTheLimit() throws IOException {
    Path file = folder.resolve("spool");
    Blob named = new Spool(file, 1000).take(new byte[600], stream(400));
    assertThat(named).isEqualTo(new Blob(hex(JobInput.sent(new byte[1000]).sha256()), 1000));
    assertThat(Files.size(file)).isEqualTo(1000);

    SkepException over =
        catchThrowableOfType(
            SkepException.class,
            () -> new Spool(file, 1000).take(new byte[600], stream(Integer.MAX_VALUE / 64)));
    assertThat(over.code()).isEqualTo("input-too-large");
    assertThat(Files.size(file)).as("nothing beyond it was written").isLessThanOrEqualTo(1000);
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
