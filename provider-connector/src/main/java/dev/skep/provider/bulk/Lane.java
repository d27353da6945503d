package dev.skep.provider.bulk;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.json.JsonText;
import dev.skep.provider.queen.QueenAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request at a time of a run: takes lines, sends them until each has its last answer. */
final class Lane implements Runnable {
  private final BulkQueen queen;
  private final RunPlan plan;
  private final RunBelt belt;
  private final RunTale tale;
  private final Backoff backoff;

  Lane(BulkQueen queen, RunPlan plan, RunBelt belt, RunTale tale) {
    this.queen = queen;
    this.plan = plan;
    this.belt = belt;
    this.tale = tale;
    this.backoff = new Backoff(plan.patience());
  }

  /** The boundary of the lane's thread: whatever happens here is the run's failure. */
  @Override
  public void run() {
    try {
      List<InputLine> taken = belt.take(plan.linesPerRequest());
      while (!taken.isEmpty()) {
        backoff.progress();
        work(taken);
        taken = belt.take(plan.linesPerRequest());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      belt.fail(interrupted(e));
    } catch (RuntimeException e) {
      belt.fail(e);
    }
  }

  private void work(List<InputLine> taken) throws InterruptedException {
    List<Pending> open = new ArrayList<>(taken.size());
    for (InputLine line : taken) {
      SkepException wrong = wrong(line);
      if (wrong == null) {
        open.add(new Pending(line));
      } else {
        belt.answer(line, LineAnswer.of(wrong));
      }
    }
    while (!open.isEmpty() && !belt.isFailed()) {
      open = sendOnce(open);
    }
  }

  /** What the queen would refuse anyway, and what would break a line of the request. */
  private static @Nullable SkepException wrong(InputLine line) {
    try {
      if (line.text().length > InputLines.LONGEST) {
        return SkepException.of("line-too-long", 413)
            .because("a line has at most " + InputLines.LONGEST + " bytes")
            .hint("Send less in one line.");
      }
      JsonText.check(line.text());
      return null;
    } catch (SkepException e) {
      return e;
    }
  }

  /** The lines that have to be sent again. */
  private List<Pending> sendOnce(List<Pending> open) throws InterruptedException {
    Map<String, Pending> waiting = new LinkedHashMap<>();
    List<BulkQueen.Order> orders = new ArrayList<>(open.size());
    for (Pending pending : open) {
      BulkQueen.Order order = pending.order(plan.run());
      waiting.put(order.key(), pending);
      orders.add(order);
    }
    Hearing hearing = new Hearing(orders, waiting);
    try {
      queen.send(orders, hearing::hear);
    } catch (SkepException e) {
      hearing.broke(e);
    }
    if (!waiting.isEmpty()) {
      rest(hearing);
    }
    return List.copyOf(waiting.values());
  }

  private void rest(Hearing hearing) throws InterruptedException {
    SkepException why = hearing.why;
    if (backoff.isExhausted() && why != null) {
      throw why;
    }
    if (why != null) {
      tale.waiting(why);
    }
    backoff.pause(RetryAfter.of(why));
  }

  /** Sorts the answers to one request. */
  private final class Hearing {
    private final List<BulkQueen.Order> orders;
    private final Map<String, Pending> waiting;
    private @Nullable SkepException why;

    Hearing(List<BulkQueen.Order> orders, Map<String, Pending> waiting) {
      this.orders = orders;
      this.waiting = waiting;
    }

    void hear(LineAnswer answer) {
      String key = key(answer);
      Pending pending = waiting.get(key);
      if (pending == null) {
        return; // answered before: nothing new
      }
      Problem problem = answer.problem();
      Pending.Meaning meaning = pending.hear(answer, plan.retries());
      if (problem != null && meaning == Pending.Meaning.HOPELESS) {
        throw refusal(problem);
      } else if (problem != null && meaning == Pending.Meaning.AGAIN) {
        why = refusal(problem);
      } else {
        waiting.remove(key);
        backoff.progress();
        belt.answer(pending.line, answer);
      }
    }

    /** Her word, not ours: the command line's exit codes tell the two apart. */
    private SkepException refusal(Problem problem) {
      return problem
          .toException()
          .causedBy(new QueenAnswer("a line", problem.status(), Duration.ZERO));
    }

    /** A line the queen could not read has no key; its place names it. */
    private String key(LineAnswer answer) {
      int at = answer.number() - 1;
      String key = answer.key();
      if (key == null && (at < 0 || at >= orders.size())) {
        throw HttpBulkQueen.broken("an answer names neither a key nor a line of the request");
      }
      return key == null ? orders.get(at).key() : key;
    }

    void broke(SkepException e) {
      if (!e.isRetryable()) {
        throw e;
      }
      why = e;
    }
  }

  private static SkepException interrupted(InterruptedException e) {
    return SkepException.of("interrupted", 503)
        .fault(Fault.CALLER)
        .because("the run was interrupted")
        .hint("Go on with the same command.")
        .causedBy(e);
  }
}
