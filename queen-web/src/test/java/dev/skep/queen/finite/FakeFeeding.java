package dev.skep.queen.finite;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.queen.dispatch.Answer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * A queen in memory whose rows outlive every death of the feed: jobs by their key, ends by their
 * input. Jobs run when the test says so, newest first, so that they end out of order.
 */
final class FakeFeeding implements FeedJobs, FeedBook {
  final Map<String, Job> jobs = new LinkedHashMap<>();
  final TreeMap<Integer, EndedInput> ended = new TreeMap<>();
  final Set<String> failing = new HashSet<>();
  final Set<String> stumbling = new HashSet<>();
  FeedMark mark = new FeedMark(0, 0, 0);
  int slots = 4;
  int most;
  boolean dry;

  /** Dies in the middle of the n-th call from now, before or after it did its work. */
  int deathIn = Integer.MAX_VALUE;

  boolean afterwards;

  private final Uuid7 ids = Uuid7.system();

  /** One job; its answer is kept like a row. */
  static final class Job {
    final JobId id;
    final CompletableFuture<Answer> answer = new CompletableFuture<>();
    String text = "";
    int sent;

    Job(JobId id) {
      this.id = id;
    }
  }

  static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public int room(FinitePool pool) {
    return slots * 2 - open();
  }

  private int open() {
    return (int) jobs.values().stream().filter(job -> !job.answer.isDone()).count();
  }

  @Override
  public CompletableFuture<Answer> send(FinitePool pool, Input input, int again) {
    if (dry) {
      return CompletableFuture.failedFuture(SkepException.of("budget-exhausted", 402));
    }
    String key = input.key(again).key();
    return dying(
            () -> {
              Job job = jobs.computeIfAbsent(key, k -> new Job(new JobId(ids.next())));
              job.text = new String(input.text(), StandardCharsets.UTF_8);
              job.sent++;
              most = Math.max(most, open());
              return job;
            })
        .answer
        .thenApply(answer -> answer);
  }

  /** Ends what runs. */
  void work() {
    List<String> keys = List.copyOf(jobs.keySet());
    for (int i = keys.size() - 1; i >= 0; i--) {
      String key = keys.get(i);
      Job job = jobs.get(key);
      if (!job.answer.isDone()) {
        job.answer.complete(answer(key, job));
      }
    }
  }

  private Answer answer(String key, Job job) {
    boolean ours = stumbling.contains(key);
    if (ours || failing.contains(key)) {
      SkepException why = SkepException.of("job-failed", ours ? 503 : 422);
      return new Answer(job.id, JobState.FAILED, new byte[0], why.problem(), TokenAmount.ZERO);
    }
    byte[] output = job.text.getBytes(StandardCharsets.UTF_8);
    return new Answer(job.id, JobState.COMPLETED, output, null, TokenAmount.ZERO);
  }

  @Override
  public Set<Integer> endedBeyond(FinitePool pool) {
    return Set.copyOf(ended.tailMap(pool.mark().number(), false).keySet());
  }

  @Override
  public void ended(PoolId pool, List<EndedInput> inputs, FeedMark reached) {
    dying(
        () -> {
          inputs.forEach(input -> ended.putIfAbsent(input.number(), input));
          mark = reached.number() > mark.number() ? reached : mark;
          return mark;
        });
  }

  private <T> T dying(java.util.function.Supplier<T> work) {
    boolean dies = --deathIn == 0;
    if (dies && !afterwards) {
      throw new Death();
    }
    T done = work.get();
    if (dies) {
      throw new Death();
    }
    return done;
  }
}
