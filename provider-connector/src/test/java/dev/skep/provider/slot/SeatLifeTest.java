package dev.skep.provider.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.pool.PoolCheck;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.provider.runtime.FakeRuntime;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.JobEvents;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.JobRuntime;
import dev.skep.provider.runtime.JobSetting;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.WarmSlot;
import dev.skep.provider.stream.JobStreams;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From warm to frozen to cold and back; paused, draining; and the spare container. */
class SeatLifeTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final Queue<AttemptResult> results = new ConcurrentLinkedQueue<>();
  private final List<Watched> started = new CopyOnWriteArrayList<>();
  private @Nullable Seats seats;
  private volatile boolean room = true;

  /** A slot of the fake runtime that remembers what was done to it. */
  private static final class Watched implements WarmSlot {
    private final WarmSlot slot;
    volatile int frozen;
    volatile int jobs;
    volatile boolean closed;

    Watched(WarmSlot slot) {
      this.slot = slot;
    }

    @Override
    public String containerId() {
      return slot.containerId();
    }

    @Override
    public JobOutcome run(AttemptRef attempt, byte[] input, Duration limit, JobEvents events) {
      jobs = jobs + 1;
      return slot.run(attempt, input, limit, events);
    }

    @Override
    public void cancel(AttemptRef attempt) {
      slot.cancel(attempt);
    }

    @Override
    public boolean freeze() {
      frozen = frozen + 1;
      return slot.freeze();
    }

    @Override
    public boolean alive() {
      return slot.alive();
    }

    @Override
    public void close() {
      closed = true;
      slot.close();
    }
  }

  private final class WatchedRuntime implements JobRuntime {
    private final FakeRuntime fake = new FakeRuntime();

    @Override
    public WarmSlot start(SlotId slot, JobSpec spec) {
      Watched watched = new Watched(fake.start(slot, spec));
      started.add(watched);
      return watched;
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

  private Seats seats(Duration freezeAfter, Duration stopAfter) {
    SeatListener listener =
        new SeatListener() {
          @Override
          public void finished(AttemptResult result) {
            results.add(result);
          }

          @Override
          public void changed() {}
        };
    Keeping keeping = new Keeping(freezeAfter, stopAfter, job -> room);
    Seats made =
        new Seats(new WatchedRuntime(), JobStreams.NONE, new Seats.Manner(2, keeping), listener);
    seats = made;
    return made;
  }

  private Seats withoutSpare(Duration freezeAfter, Duration stopAfter) {
    room = false;
    return seats(freezeAfter, stopAfter);
  }

  private static SlotId one(Seats seats, String program) {
    SlotId slot = Work.slots(1).get(0);
    seats.assign(List.of(slot), Work.job(program));
    return slot;
  }

  private static void awaitState(Seats seats, SlotState state) {
    await().atMost(SOON).until(() -> seats.states().get(0).state() == state);
  }

  private AttemptResult awaitResult() {
    await().atMost(SOON).until(() -> !results.isEmpty());
    return results.remove();
  }

  @AfterEach
  void close() {
    if (seats != null) {
      seats.close();
    }
  }

  @Test
  void shouldFreezeAnIdleContainerUntilTheNextJob() {
    Seats one = withoutSpare(AT_ONCE, Keeping.NEVER);
    SlotId slot = one(one, "pass");
    await().atMost(SOON).until(() -> one.states().get(0).frozen());
    assertThat(one.states().get(0).state()).isEqualTo(SlotState.WARM);
    assertThat(one.credits().get(0).credits()).isEqualTo(Seat.WINDOW);

    one.offer(Work.offer(slot));
    assertThat(awaitResult().ok()).isTrue();
    await().atMost(SOON).until(() -> started.get(0).frozen == 2);
    assertThat(started).hasSize(1);
  }

  @Test
  void shouldStopAnIdleContainerAndStartAnotherForTheNextJob() {
    Seats one = withoutSpare(Keeping.NEVER, AT_ONCE);
    SlotId slot = one(one, "pass");
    awaitState(one, SlotState.COLD);
    assertThat(started.get(0).closed).as("its memory is free").isTrue();
    assertThat(one.reports().get(0).state()).isEqualTo(SlotState.COLD);
    assertThat(one.reports().get(0).containerId()).isNull();
    assertThat(one.credits().get(0).credits()).as("it wakes for a job").isEqualTo(Seat.WINDOW);
    assertThat(one.serving()).isEqualTo(1);

    one.offer(Work.offer(slot));
    assertThat(awaitResult().ok()).isTrue();
    assertThat(started).hasSize(2);
    awaitState(one, SlotState.COLD);
  }

  @Test
  void shouldGiveTheJobBackWhenItCannotWake() {
    Seats one = withoutSpare(Keeping.NEVER, AT_ONCE);
    SlotId slot = one(one, "pass");
    awaitState(one, SlotState.COLD);
    one.assign(List.of(slot), Work.job("#fake fail-init gone"));
    one.offer(Work.offer(slot));

    assertThat(awaitResult().problem().code()).isEqualTo("slot-closed");
    awaitState(one, SlotState.FAILED);
  }

  @Test
  void shouldNotStopWhatStartsSlowerThanALeaseLasts() {
    Keeping keeping = new Keeping(Duration.ofMinutes(1), Duration.ofMinutes(30), job -> false);
    Duration hour = Duration.ofHours(1);
    Duration slow = Keeping.LONGEST_WAKE.plusMillis(1);
    assertThat(keeping.due(hour, false, Keeping.LONGEST_WAKE)).isEqualTo(Keeping.Due.STOP);
    assertThat(keeping.due(hour, false, slow)).isEqualTo(Keeping.Due.FREEZE);
    assertThat(keeping.due(hour, true, slow)).isEqualTo(Keeping.Due.NOTHING);
    assertThat(keeping.due(Duration.ofSeconds(59), false, slow)).isEqualTo(Keeping.Due.NOTHING);
  }

  @Test
  void shouldLeaveAtOnceWhenItIsCold() throws InterruptedException {
    Seats one = withoutSpare(Keeping.NEVER, AT_ONCE);
    one(one, "pass");
    awaitState(one, SlotState.COLD);
    one.drain(SOON);
    assertThat(one.states().get(0).state()).isEqualTo(SlotState.LEFT);
  }

  @Test
  void shouldShowThatItsProviderPausedItAndWhatItIsAfterwards() {
    Seats one = withoutSpare(Keeping.NEVER, Keeping.NEVER);
    one(one, "pass");
    awaitState(one, SlotState.WARM);
    one.pause(true);
    assertThat(one.reports().get(0).state()).isEqualTo(SlotState.PAUSED);
    assertThat(one.serving()).isEqualTo(1);
    one.pause(false);
    assertThat(one.reports().get(0).state()).isEqualTo(SlotState.WARM);
  }

  @Test
  void shouldShowThatItDrainsWhileItFinishes() throws InterruptedException {
    Seats one = withoutSpare(Keeping.NEVER, Keeping.NEVER);
    SlotId slot = one(one, "#fake run-for 1000");
    awaitState(one, SlotState.WARM);
    one.offer(Work.offer(slot));
    one.drain(AT_ONCE);
    assertThat(one.reports().get(0).state()).isEqualTo(SlotState.DRAINING);
    assertThat(awaitResult().ok()).isTrue();
    awaitState(one, SlotState.LEFT);
  }

  @Test
  void shouldTellThatAWarmSlotLoadsAnew() {
    Seats one = withoutSpare(Keeping.NEVER, Keeping.NEVER);
    one(one, "pass");
    assertThat(one.reports()).as("not warm yet is no news").noneMatch(r -> isLoading(r.state()));
    awaitState(one, SlotState.WARM);
    one.assign(Work.slots(1), Work.job("#fake fail-init gone"));
    await().atMost(SOON).until(() -> isLoading(one.reports().get(0).state()));
    awaitState(one, SlotState.FAILED);
    assertThat(one.reports().get(0).problem().code()).isEqualTo("init-failed");
  }

  private static boolean isLoading(SlotState state) {
    return state == SlotState.LOADING;
  }

  @Test
  void shouldGiveTheSpareToTheSeatWhoseContainerDiedAndMakeAnother() {
    Seats one = seats(Keeping.NEVER, Keeping.NEVER);
    SlotId slot = one(one, "#fake out-of-memory");
    await().atMost(SOON).until(() -> started.size() == 2 && started.get(1).frozen == 1);
    one.offer(Work.offer(slot));

    assertThat(awaitResult().problem().code()).isEqualTo("out-of-memory");
    await().atMost(SOON).until(() -> holds(one, started.get(1)));
    await().atMost(SOON).until(() -> started.size() == 3);
    assertThat(started).allMatch(container -> container.jobs <= 1);
    assertThat(started.get(0).closed).isTrue();
  }

  private static boolean holds(Seats seats, Watched container) {
    return container.containerId().equals(seats.states().get(0).containerId());
  }

  @Test
  void shouldKeepNoSpareWithoutRoom() {
    Seats one = withoutSpare(Keeping.NEVER, Keeping.NEVER);
    one(one, "pass");
    awaitState(one, SlotState.WARM);
    one.pause(true);
    one.pause(false);
    assertThat(started).hasSize(1);
  }

  @Test
  void shouldEndTheSpareWhenNoJobsAreWanted() {
    Seats one = seats(Keeping.NEVER, Keeping.NEVER);
    one(one, "pass");
    await().atMost(SOON).until(() -> started.size() == 2 && started.get(1).frozen == 1);
    one.pause(true);
    await().atMost(SOON).until(() -> started.get(1).closed);
    one.pause(false);
    await().atMost(SOON).until(() -> started.size() == 3);
    one.close();
    await().atMost(SOON).until(() -> started.stream().allMatch(container -> container.closed));
  }

  @Test
  void shouldNotGiveASpareToAnotherProgram() {
    Seats one = seats(Keeping.NEVER, Keeping.NEVER);
    one(one, "pass");
    await().atMost(SOON).until(() -> started.size() == 2 && started.get(1).frozen == 1);
    one.assign(Work.slots(1), Work.job("other"));
    await().atMost(SOON).until(() -> started.size() >= 3 && holds(one, started.get(2)));
    assertThat(started.get(1).jobs).isZero();
  }

  @Test
  void shouldProveAFreshContainerByThePoolsCheckBeforeItsFirstJob() {
    Seats one = withoutSpare(Keeping.NEVER, Keeping.NEVER);
    PoolCheck check = new PoolCheck("{\"n\": 1.0}", "{\"n\": 1}");
    one.assign(Work.slots(1), checked("pass", check));
    awaitState(one, SlotState.WARM);
    assertThat(started.get(0).jobs).isEqualTo(1);
    assertThat(results).as("nobody asked for it but the pool").isEmpty();
  }

  @Test
  void shouldFailASlotThatAnswersThePoolsCheckOtherwise() {
    Seats one = withoutSpare(Keeping.NEVER, Keeping.NEVER);
    one.assign(Work.slots(1), checked("#fake answer 3", new PoolCheck("1", "2")));
    awaitState(one, SlotState.FAILED);
    Problem problem = one.reports().get(0).problem();
    assertThat(problem.code()).isEqualTo("check-failed");
    assertThat(problem.fault()).isEqualTo(Fault.JOB);
    assertThat(problem.detail()).contains("wants 2, the answer here is 3");
    assertThat(started).hasSize(2).allMatch(container -> container.closed);
  }

  @Test
  void shouldSayWhatTheCheckRanInto() {
    Seats one = withoutSpare(Keeping.NEVER, Keeping.NEVER);
    one.assign(Work.slots(1), checked("#fake throw no such file", new PoolCheck("1", "2")));
    awaitState(one, SlotState.FAILED);
    assertThat(one.reports().get(0).problem().detail()).contains("job-threw", "no such file");
  }

  private static JobSpec checked(String program, PoolCheck check) {
    return Work.job(program).with(JobSetting.DEFAULT.withCheck(check));
  }
}
