package dev.skep.provider.bulk;

import dev.skep.protocol.SkepException;
import dev.skep.provider.queen.QueenAnswer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long the queen asked to be left alone. */
final class RetryAfter {
  private RetryAfter() {}

  static Duration of(@Nullable SkepException why) {
    return why != null && why.getCause() instanceof QueenAnswer answer
        ? answer.retryAfter()
        : Duration.ZERO;
  }
}
