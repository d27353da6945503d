package dev.skep.queen.dispatch;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.job.AttemptState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the attempts of a job say together. */
sealed interface Verdict {
  /** Enough copies answered the same bytes. */
  record Agreed(List<LiveAttempt> winners) implements Verdict {}

  /** Enough copies failed by the job's own fault, or there is no attempt left to try. */
  record Failed(Problem problem) implements Verdict {}

  /** Not decided; so many more copies have to be started. */
  record Open(int copies) implements Verdict {}

  static Verdict of(LiveJob job) {
    List<LiveAttempt> agreed = largestGroup(job.attempts);
    if (agreed.size() >= job.policy.agree()) {
      return new Agreed(agreed);
    }
    List<LiveAttempt> faulty = job.attempts.stream().filter(Verdict::failedForGood).toList();
    if (faulty.size() >= job.policy.agree()) {
      return new Failed(problemOf(faulty.get(faulty.size() - 1)));
    }
    return more(job, Math.max(agreed.size(), faulty.size()));
  }

  /** Failed by the fault of the job's own code. */
  static boolean failedByJob(LiveAttempt attempt) {
    return attempt.state == AttemptState.FAILED
        && attempt.problem != null
        && attempt.problem.fault() == Fault.JOB;
  }

  /** Failed by the job's own code, which did not say that another attempt may help. */
  private static boolean failedForGood(LiveAttempt attempt) {
    return failedByJob(attempt) && !askedForAnother(attempt);
  }

  /** Failed by the job's own code in a way that it calls retryable itself. */
  static boolean askedForAnother(LiveAttempt attempt) {
    return failedByJob(attempt) && problemOf(attempt).retryable();
  }

  private static Verdict more(LiveJob job, int best) {
    int running = 0;
    int votes = 0;
    for (LiveAttempt attempt : job.attempts) {
      running += attempt.isRunning() ? 1 : 0;
      votes += attempt.state == AttemptState.SUCCEEDED || failedForGood(attempt) ? 1 : 0;
    }
    int wanted =
        Math.max(job.policy.copies() - votes - running, job.policy.agree() - best - running);
    int left = job.policy.copies() + job.desk.terms.limits().retries() - job.attempts.size();
    if (wanted > 0 && left <= 0 && running == 0) {
      return new Failed(exhausted(job));
    }
    return new Open(Math.max(0, Math.min(wanted, left)));
  }

  private static List<LiveAttempt> largestGroup(List<LiveAttempt> attempts) {
    List<LiveAttempt> best = List.of();
    for (LiveAttempt attempt : attempts) {
      List<LiveAttempt> same = sameAs(attempt, attempts);
      if (same.size() > best.size()) {
        best = same;
      }
    }
    return best;
  }

  private static List<LiveAttempt> sameAs(LiveAttempt one, List<LiveAttempt> attempts) {
    List<LiveAttempt> same = new ArrayList<>(2);
    if (one.state == AttemptState.SUCCEEDED) {
      for (LiveAttempt other : attempts) {
        if (other.state == AttemptState.SUCCEEDED && Arrays.equals(one.sha256, other.sha256)) {
          same.add(other);
        }
      }
    }
    return same;
  }

  private static Problem exhausted(LiveJob job) {
    boolean answered = job.attempts.stream().anyMatch(a -> a.state == AttemptState.SUCCEEDED);
    if (answered) {
      return SkepException.of("no-agreement", 422)
          .fault(Fault.JOB)
          .because(job.attempts.size() + " attempts did not agree on the job's result")
          .hint("Under verification a job must answer the same bytes for the same input.")
          .problem();
    }
    LiveAttempt last = job.attempts.get(job.attempts.size() - 1);
    if (failedByJob(last)) {
      return problemOf(last);
    }
    return SkepException.of("attempts-exhausted", 503)
        .fault(Fault.PROVIDER)
        .because(job.attempts.size() + " providers failed the job; the last: " + lastDetail(last))
        .hint("Send the job again later, or to another pool.")
        .problem();
  }

  private static String lastDetail(LiveAttempt last) {
    @Nullable Problem problem = last.problem;
    return problem == null ? "no reason given" : problem.detail();
  }

  private static Problem problemOf(LiveAttempt attempt) {
    return attempt.problem == null
        ? SkepException.of("job-failed", 422).fault(Fault.JOB).problem()
        : attempt.problem;
  }
}
