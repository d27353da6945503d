package dev.skep.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLimitTest {
  private static final String FAILED = "WARNING [B2155]: login failed\n\tat a.B.c(B.java:1)\n";

  private final LogLimit limit = new LogLimit(limitOf(3), limitOf(1));

  @Test
  void shouldCutTheTracesWhenTheFirstHasBeenWritten() {
    assertThat(written(FAILED)).contains("\tat ");
    assertThat(written(FAILED)).endsWith("login failed");
  }

  @Test
  void shouldDropLinesOfOneKindOnly() {
    for (int i = 0; i < 3; i++) {
      written(FAILED);
    }

    assertThat(limit.isLoggable(new LogRecord(Level.WARNING, FAILED))).isFalse();
    assertThat(limit.isLoggable(new LogRecord(Level.INFO, "[B1039]: Broker ready"))).isTrue();
  }

  private String written(String message) {
    LogRecord line = new LogRecord(Level.WARNING, message);
    assertThat(limit.isLoggable(line)).isTrue();
    return line.getMessage();
  }

  private static RateLimit limitOf(int most) {
    return new RateLimit(most, Duration.ofMinutes(1), () -> 0);
  }
}
