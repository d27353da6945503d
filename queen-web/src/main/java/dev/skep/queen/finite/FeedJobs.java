package dev.skep.queen.finite;

import dev.skep.queen.dispatch.Answer;
import java.util.concurrent.CompletableFuture;

/** Where inputs become jobs. */
interface FeedJobs {
  /** How many more jobs the slots of the pool can use now; zero while nobody could run one. */
  int room(FinitePool pool);

  /**
   * Sends an input as a job of the pool's owner. The same key gives the same job, however often it
   * is sent and whatever died in between.
   *
   * @return the job's end; fails when no job was made, or when that is not known
   */
  CompletableFuture<Answer> send(FinitePool pool, Input input, int again);
}
