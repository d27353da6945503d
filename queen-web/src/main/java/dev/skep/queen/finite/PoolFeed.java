package dev.skep.queen.finite;

import dev.skep.protocol.Problem;
import dev.skep.protocol.job.JobState;
import dev.skep.queen.dispatch.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Feeds one pool. Its memory may be lost at any line: whoever goes on from the mark sends what lies
 * behind it again under the same keys, and the same jobs answer. Steps are one thread's; jobs end
 * on any.
 */
final class PoolFeed {
  /** How far inputs are taken beyond the oldest that has not ended. */
  static final int WINDOW = 1024;

  /** New jobs for an input whose job failed by others' fault. */
  static final int MOST_AGAIN = 3;

  /** After a refusal, such as that of a pool without money. */
  static final Duration REST = Duration.ofSeconds(1);

  private final FinitePool pool;
  private final Parts parts;
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Fed> again = new ArrayDeque<>();
  private final Set<Integer> endedBefore;
  private final Map<Integer, Long> endedBeyond = new HashMap<>();
  private final FeedPace pace;
  private FeedMark mark;
  private int running;
  private int taken;
  private Instant restUntil = Instant.MIN;

  /**
   * What a feed works with.
   *
   * @param signal says that another step is worth while; called by any thread
   */
  record Parts(
      InputSource source, FeedJobs jobs, FeedBook book, InstantSource clock, Runnable signal) {}

  private record Fed(Input input, int again) {}

  private record Outcome(Fed fed, @Nullable Answer answer) {}

  PoolFeed(FinitePool pool, Parts parts) {
    this.pool = pool;
    this.parts = parts;
    this.mark = pool.mark();
    this.taken = pool.mark().number();
    this.endedBefore = new HashSet<>(parts.book().endedBeyond(pool));
    this.pace = new FeedPace(parts.clock().instant(), pool.mark().perSecond());
  }

  /** Whether jobs of it are under way. */
  boolean isBusy() {
    return running > 0;
  }

  /**
   * Writes what ended, sends what there is room for; whether another step may move more. After an
   * exception this feed is not to be used any more.
   */
  boolean step() {
    List<EndedInput> ended = collect();
    if (!ended.isEmpty()) {
      write(ended);
    }
    return feed() || !ended.isEmpty();
  }

  private List<EndedInput> collect() {
    List<EndedInput> ended = new ArrayList<>();
    for (Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
      running--;
      Answer answer = outcome.answer();
      if (answer == null) {
        again.add(outcome.fed());
        restUntil = parts.clock().instant().plus(REST);
      } else if (isWorthAnother(answer, outcome.fed().again())) {
        again.add(new Fed(outcome.fed().input(), outcome.fed().again() + 1));
      } else {
        ended.add(end(outcome.fed().input(), answer));
      }
    }
    return ended;
  }

  private static boolean isWorthAnother(Answer answer, int again) {
    Problem problem = answer.problem();
    return problem != null && problem.retryable() && again < MOST_AGAIN;
  }

  private EndedInput end(Input input, Answer answer) {
    endedBeyond.put(input.number(), input.nextByte());
    return new EndedInput(input.number(), answer.job(), answer.state() != JobState.COMPLETED);
  }

  private void write(List<EndedInput> ended) {
    pace.ended(ended.size(), parts.clock().instant());
    int number = mark.number();
    long nextByte = mark.nextByte();
    for (Long next = endedBeyond.remove(number + 1);
        next != null;
        next = endedBeyond.remove(number + 1)) {
      nextByte = next;
      number++;
    }
    mark = new FeedMark(number, nextByte, pace.perSecond());
    parts.book().ended(pool.id(), ended, mark);
  }

  private boolean feed() {
    boolean resting = parts.clock().instant().isBefore(restUntil);
    int room = resting ? 0 : Math.min(parts.jobs().room(pool), WINDOW - running);
    boolean moved = false;
    for (; room > 0; room--) {
      Fed next = next();
      if (next == null || !send(next)) {
        return moved;
      }
      moved = true;
    }
    return moved;
  }

  private @Nullable Fed next() {
    Fed failed = again.poll();
    if (failed != null) {
      return failed;
    }
    Input input = unsent();
    while (input != null && endedBefore.remove(input.number())) {
      endedBeyond.put(input.number(), input.nextByte());
      input = unsent();
    }
    return input == null ? null : new Fed(input, 0);
  }

  private @Nullable Input unsent() {
    if (taken - mark.number() >= WINDOW) {
      return null;
    }
    Input input = parts.source().next();
    taken = input == null ? taken : input.number();
    return input;
  }

  /** Whether the next one may be tried. */
  private boolean send(Fed fed) {
    running++;
    CompletableFuture<Answer> answer = parts.jobs().send(pool, fed.input(), fed.again());
    answer.whenComplete(
        (end, error) -> {
          outcomes.add(new Outcome(fed, error == null ? end : null));
          parts.signal().run();
        });
    return !answer.isCompletedExceptionally();
  }
}
