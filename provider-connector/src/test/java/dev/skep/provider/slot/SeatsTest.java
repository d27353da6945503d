package dev.skep.provider.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.protocol.wire.Offer;
import dev.skep.protocol.wire.SlotReports.SlotReport;
import dev.skep.provider.runtime.FakeRuntime;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.JobRuntime;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.RuntimeProblem;
import dev.skep.provider.runtime.WarmSlot;
import dev.skep.provider.stream.JobStreams;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeatsTest {
  private final Queue<AttemptResult> results = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean engineGone = new AtomicBoolean();
  private final AtomicInteger starts = new AtomicInteger();
  private final Seats seats =
      new Seats(
          new FlakyRuntime(),
          JobStreams.NONE,
          new Seats.Manner(2, Keeping.WARM),
          new SeatListener() {
            @Override
            public void finished(AttemptResult result) {
              results.add(result);
            }

            @Override
            public void changed() {}
          });

  /** The fake runtime with a plug that can be pulled. */
  private final class FlakyRuntime implements JobRuntime {
    private final FakeRuntime fake = new FakeRuntime();

    @Override
    public WarmSlot start(SlotId slot, JobSpec spec) throws SkepException {
      starts.incrementAndGet();
      if (engineGone.get()) {
        throw RuntimeProblem.RUNTIME_UNAVAILABLE.because("the plug is pulled");
      }
      return fake.start(slot, spec);
    }

    @Override
    public List<Finding> findings() {
      return List.of();
    }

    @Override
    public void close() {
      fake.close();
    }
  }

  @AfterEach
  void close() {
    seats.close();
  }

  private SlotId oneWarm(String program) {
    SlotId slot = Work.slots(1).get(0);
    seats.assign(List.of(slot), Work.job(program));
    awaitWarm(1);
    return slot;
  }

  private void awaitWarm(int count) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                seats.states().stream().filter(s -> s.state() == SlotState.WARM).count() == count);
  }

  private AttemptResult awaitResult() {
    await().atMost(Duration.ofSeconds(20)).until(() -> !results.isEmpty());
    return results.remove();
  }

  @Test
  void shouldFillTenSlotsWithTenContainers() {
    seats.assign(Work.slots(10), Work.job("pass"));
    awaitWarm(10);

    assertThat(seats.reports().stream().map(SlotReport::containerId).distinct()).hasSize(10);
    assertThat(seats.credits()).allMatch(credit -> credit.credits() == 2);
  }

  @Test
  void shouldAskForNothingWhilePausedAndFinishWhatItHolds() {
    SlotId slot = oneWarm("#fake run-for 20");
    seats.offer(Work.offer(slot));
    seats.pause(true);
    assertThat(seats.credits()).allMatch(credit -> credit.credits() == 0);
    assertThat(awaitResult().problem()).isNull();
    seats.pause(false);
    assertThat(seats.credits()).allMatch(credit -> credit.credits() == 2);
  }

  @Test
  void shouldAnswerOffersInOrder() {
    SlotId slot = oneWarm("#fake run-for 20");
    List<Offer> offers = List.of(Work.offer(slot), Work.offer(slot), Work.offer(slot));
    offers.forEach(seats::offer);

    await().atMost(Duration.ofSeconds(20)).until(() -> results.size() == 3);
    assertThat(results.stream().map(AttemptResult::attempt))
        .containsExactlyElementsOf(offers.stream().map(Offer::attempt).toList());
    assertThat(results).allMatch(AttemptResult::ok).allMatch(AttemptResult::isIntact);
    assertThat(seats.held()).isEmpty();
  }

  @Test
  void shouldRunAnOfferThatComesTwiceOnce() {
    SlotId slot = oneWarm("#fake run-for 300");
    Offer offer = Work.offer(slot);
    seats.offer(offer);
    seats.offer(offer);

    awaitResult();
    assertThat(seats.held()).isEmpty();
    assertThat(results).isEmpty();
  }

  @Test
  void shouldReplaceAContainerThatDies() {
    SlotId slot = oneWarm("#fake out-of-memory");
    String first = seats.states().get(0).containerId();
    seats.offer(Work.offer(slot));

    assertThat(awaitResult().problem())
        .satisfies(problem -> assertThat(problem.code()).isEqualTo("out-of-memory"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                seats.states().get(0).state() == SlotState.WARM
                    && !String.valueOf(seats.states().get(0).containerId()).equals(first));
  }

  @Test
  void shouldSayWhoseFaultARunLimitIs() {
    SlotId slot = oneWarm("#fake never-answer");
    seats.offer(Work.offer(slot, 100));

    AttemptResult result = awaitResult();
    assertThat(result.ok()).isFalse();
    assertThat(result.problem().code()).isEqualTo("run-limit");
    assertThat(result.problem().fault()).isEqualTo(Fault.JOB);
  }

  @Test
  void shouldTryAFailingInitTwiceAndThenFail() {
    seats.assign(Work.slots(1), Work.job("#fake fail-init no such module"));

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> seats.states().get(0).state() == SlotState.FAILED);
    assertThat(starts.get()).isEqualTo(2);
    assertThat(seats.serving()).isZero();
    assertThat(seats.reports().get(0).problem().detail()).contains("no such module");
  }

  @Test
  void shouldGiveJobsBackWhileTheEngineIsGoneAndGoOnWhenItIsBack() {
    SlotId slot = oneWarm("#fake engine-gone");
    engineGone.set(true);
    seats.offer(Work.offer(slot));
    seats.offer(Work.offer(slot));

    await().atMost(Duration.ofSeconds(20)).until(() -> results.size() == 2);
    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.problem().fault()).isEqualTo(Fault.PROVIDER);
              assertThat(result.problem().retryable()).isTrue();
            });
    assertThat(seats.credits().get(0).credits()).isZero();
    engineGone.set(false);
    awaitWarm(1);
  }

  @Test
  void shouldCancelWhatRunsAndWhatWaits() {
    SlotId slot = oneWarm("#fake run-for 60000");
    Offer running = Work.offer(slot);
    Offer waiting = Work.offer(slot);
    seats.offer(running);
    seats.offer(waiting);

    seats.cancel(waiting.attempt());
    assertThat(awaitResult().attempt()).isEqualTo(waiting.attempt());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              seats.cancel(running.attempt());
              return !results.isEmpty();
            });
    assertThat(awaitResult().problem().code()).isEqualTo("job-cancelled");
  }

  @Test
  void shouldAnswerAnOfferForASlotThatIsNotHere() {
    oneWarm("pass");
    seats.offer(Work.offer(Work.slots(1).get(0)));

    assertThat(awaitResult().problem().code()).isEqualTo("slot-unknown");
  }

  @Test
  void shouldFinishWhatItHoldsWhenItDrains() throws InterruptedException {
    SlotId slot = oneWarm("#fake run-for 200");
    seats.offer(Work.offer(slot));
    seats.offer(Work.offer(slot));

    seats.drain(Duration.ofSeconds(20));
    assertThat(results).hasSize(2).allMatch(AttemptResult::ok);
    assertThat(seats.states().get(0).state()).isEqualTo(SlotState.LEFT);
  }

  @Test
  void shouldKeepContainersWarmUnderNewSlotIds() {
    oneWarm("pass");
    String container = seats.states().get(0).containerId();
    List<SlotId> other = Work.slots(2);

    List<SlotId> spare = seats.assign(other, Work.job("pass"));
    assertThat(spare).containsExactly(other.get(1));
    assertThat(seats.reports())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.slot()).isEqualTo(other.get(0));
              assertThat(report.containerId()).isEqualTo(container);
            });
  }

  @Test
  void shouldStartAnewWhenTheProgramChanged() {
    oneWarm("pass");
    String container = seats.states().get(0).containerId();

    seats.assign(Work.slots(1), Work.job("other"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                seats.states().get(0).state() == SlotState.WARM
                    && !String.valueOf(seats.states().get(0).containerId()).equals(container));
  }
}
