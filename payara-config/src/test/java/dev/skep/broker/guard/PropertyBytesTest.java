package dev.skep.broker.guard;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.messaging.jmq.io.PacketProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PropertyBytesTest {

  @Test
  void shouldPassEveryPlainTypeThatTheBrokerWrites() throws IOException {
    Map<String, Object> plain =
        Map.of(
            "a", true, "b", (byte) 1, "c", (short) 2, "d", 3, "e", 4L, "f", 5f, "g", 6d, "h",
            "text");

    assertThatCode(() -> PropertyBytes.check(written(plain))).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseASerializedObject() throws IOException {
    ByteBuffer bytes = written(Map.of("when", new Date(0)));

    assertThatThrownBy(() -> PropertyBytes.check(bytes)).hasMessageContaining("type 9");
  }

  @Test
  void shouldRefuseTooManyProperties() throws IOException {
    Map<String, Object> many = new HashMap<>();
    IntStream.rangeClosed(0, PropertyBytes.MAX_COUNT).forEach(i -> many.put("p" + i, i));
    ByteBuffer bytes = written(many);

    assertThatThrownBy(() -> PropertyBytes.check(bytes))
        .hasMessageContaining("too many properties");
  }

  @Test
  void shouldRefuseTooManyBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(PropertyBytes.MAX_BYTES + 1);

    assertThatThrownBy(() -> PropertyBytes.check(bytes)).hasMessageContaining("too many bytes");
  }

  @Test
  void shouldRefuseEveryTruncation() throws IOException {
    byte[] whole = written(Map.of("a", "text", "b", 4L)).array();

    for (int length = 0; length < whole.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> PropertyBytes.check(cut)).isInstanceOf(Violation.class);
    }
  }

  @Test
  void shouldThrowNothingButViolationsWhenTheBytesAreRandom() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length >= 8) {
        System.arraycopy(new byte[] {0, 0, 0, 1, 0, 0, 0, 3}, 0, bytes, 0, 8);
      }
      checkQuietly(bytes);
    }
  }

  private static void checkQuietly(byte[] bytes) {
    try {
      PropertyBytes.check(ByteBuffer.wrap(bytes));
    } catch (Violation expected) {
      // Refused; any other exception fails the test.
    }
  }

  private static ByteBuffer written(Map<String, ?> properties) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PacketProperties.write(properties, out);
    return ByteBuffer.wrap(out.toByteArray());
  }
}
