package dev.skep.queen.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BlobRefTest {
  private static final BlobRef REF = new BlobRef(new UUID(1, 2), "ab".repeat(32), 5_000_000_000L);

  @Test
  void shouldComeBackFromItsMark() {
    assertThat(BlobRef.of(REF.mark())).contains(REF);
  }

  @Test
  void shouldTakeNoPayloadForAMark() {
    byte[] number = "1".repeat(REF.mark().length).getBytes(StandardCharsets.US_ASCII);

    assertThat(BlobRef.of(number)).isEmpty();
    assertThat(BlobRef.of(new byte[0])).isEmpty();
    assertThatThrownBy(() -> JsonText.check(REF.mark()))
        .as("a client that sends a mark sends no JSON")
        .isInstanceOf(SkepException.class);
  }
}
