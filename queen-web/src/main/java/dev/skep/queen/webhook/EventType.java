package dev.skep.queen.webhook;

import dev.skep.protocol.job.JobState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a webhook can be told. */
enum EventType {
  JOB_COMPLETED("job.completed"),
  JOB_FAILED("job.failed"),
  JOB_CANCELLED("job.cancelled"),
  JOB_EXPIRED("job.expired"),
  POOL_COMPLETED("pool.completed"),
  POOL_CLOSED("pool.closed"),
  /** Sent on its owner's demand, to a webhook whatever it asked for. */
  WEBHOOK_TEST("webhook.test");

  private final String word;

  EventType(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  boolean isJob() {
    return word.startsWith("job.");
  }

  static Optional<EventType> find(String word) {
    return toAskFor().filter(type -> type.word.equals(word)).findFirst();
  }

  static Stream<EventType> toAskFor() {
    return Arrays.stream(values()).filter(type -> type != WEBHOOK_TEST);
  }

  /** What the end of a job is called; empty while it is open. */
  static Optional<EventType> of(JobState state) {
    return switch (state) {
      case COMPLETED -> Optional.of(JOB_COMPLETED);
      case FAILED -> Optional.of(JOB_FAILED);
      case CANCELLED -> Optional.of(JOB_CANCELLED);
      case EXPIRED -> Optional.of(JOB_EXPIRED);
      case QUEUED, LEASED -> Optional.empty();
    };
  }

  /** The form of a set in its row: words in order, separated by blanks. */
  static String join(Set<EventType> types) {
    return types.stream().sorted().map(EventType::word).collect(Collectors.joining(" "));
  }

  static Set<EventType> split(String words) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    Arrays.stream(words.split(" ")).forEach(word -> find(word).ifPresent(types::add));
    return types;
  }
}
