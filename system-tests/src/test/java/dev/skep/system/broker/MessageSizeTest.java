package dev.skep.system.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.wire.WireLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What the wire allows must fit what the broker takes, or a result would be sent for ever. */
class MessageSizeTest {

  private static final Path PROPERTIES =
      Path.of("../payara-config/src/main/server/broker.properties");
  private static final int ENVELOPE = 16 << 10;

  @Test
  void shouldLetTheBrokerTakeTheLargestMessageOfTheWireAndNotMuchMore() throws IOException {
    assertThat(brokerLimit()).isBetween(WireLimits.MAX_BODY + ENVELOPE, WireLimits.MAX_BODY * 2);
  }

  @Test
  void shouldFitTheLargestOutputWithTheLargestLogIntoOneMessage() {
    assertThat(WireLimits.MAX_OUTPUT + WireLimits.MAX_LOG + ENVELOPE + 3 * 8192)
        .isLessThan(WireLimits.MAX_BODY);
  }

  private static int brokerLimit() throws IOException {
    Properties broker = new Properties();
    try (InputStream from = Files.newInputStream(PROPERTIES)) {
      broker.load(from);
    }
    String size = broker.getProperty("imq.message.max_size");
    assertThat(size).matches("\\d+k");
    return Integer.parseInt(size.replace("k", "")) << 10;
  }
}
