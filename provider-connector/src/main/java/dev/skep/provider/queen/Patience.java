package dev.skep.provider.queen;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks again until something has happened, for a bounded time, telling a person what it waits for.
 */
public record Patience(Duration limit, Duration pause, Consumer<String> progress) {
  /**
   * The first answer that is there. A queen that is unreachable for a moment is asked again.
   *
   * @throws SkepException {@code waited-in-vain} after the limit
   */
  public <T> T await(String what, Supplier<Optional<T>> question) {
    long end = System.nanoTime() + limit.toNanos();
    progress.accept("waiting for " + what);
    while (true) {
      Optional<T> answer = ask(question);
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() > end) {
        throw vain(what);
      }
      rest();
    }
  }

  private static <T> Optional<T> ask(Supplier<Optional<T>> question) {
    try {
      return question.get();
    } catch (SkepException e) {
      if (e.isRetryable()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void rest() {
    try {
      new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw vain("an answer; interrupted").causedBy(e);
    }
  }

  private SkepException vain(String what) {
    return SkepException.of("waited-in-vain", 504)
        .fault(Fault.PLATFORM)
        .retryable(true)
        .because("waited " + limit.toSeconds() + " s for " + what)
        .hint("It may still happen: look again, or run the same command again.");
  }
}
