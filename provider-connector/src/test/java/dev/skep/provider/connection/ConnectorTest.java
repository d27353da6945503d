package dev.skep.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wire.Accepted;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.protocol.wire.Cancel;
import dev.skep.protocol.wire.Goodbye;
import dev.skep.protocol.wire.Message;
import dev.skep.protocol.wire.Offer;
import dev.skep.protocol.wire.Offers;
import dev.skep.protocol.wire.Pull;
import dev.skep.protocol.wire.Results;
import dev.skep.protocol.wire.SlotReports;
import dev.skep.provider.runtime.FakeRuntime;
import dev.skep.provider.slot.Keeping;
import dev.skep.provider.slot.SeatState;
import dev.skep.provider.slot.Seats;
import dev.skep.provider.slot.Work;
import dev.skep.provider.stream.JobStreams;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectorTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private final FakeRuntime runtime = new FakeRuntime();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable Connector connector;

  private static final class Silent implements ConnectorEvents {
    @Override
    public void connected(SessionGrant grant, int slots) {}

    @Override
    public void seats(List<SeatState> states) {}

    @Override
    public void interrupted(SkepException why, Duration pause) {}

    @Override
    public void poolOver() {}

    @Override
    public void draining(int held) {}

    @Override
    public void left(int unanswered) {}
  }

  /** A plane that stands when the test says so. */
  private record LatePlane(CountDownLatch asked, CountDownLatch stands) implements JobStreams {
    @Override
    public void session(String password, Consumer<AttemptRef> cancel) {}

    @Override
    public boolean awaitPlane(Duration patience) throws InterruptedException {
      asked.countDown();
      return stands.await(30, TimeUnit.SECONDS);
    }

    @Override
    public Telling tell(AttemptRef attempt, Duration limit) {
      return JobStreams.NONE.tell(attempt, limit);
    }

    @Override
    public void close() {}
  }

  private Connector connector() {
    return Objects.requireNonNull(connector);
  }

  private Connector start(QueenEnd queen, int slots) {
    return start(queen, slots, Duration.ofSeconds(1));
  }

  private Connector start(QueenEnd queen, int slots, Duration patience) {
    return start(queen, slots, patience, JobStreams.NONE);
  }

  private Connector start(QueenEnd queen, int slots, Duration patience, JobStreams streams) {
    Connector made =
        new Connector(
            slots,
            new Seats.Manner(2, Keeping.WARM),
            new Connector.Parts(
                queen,
                queen.pair,
                runtime,
                streams,
                new Silent(),
                InstantSource.system(),
                patience));
    connector = made;
    Thread thread = new Thread(() -> run(made), "connector-under-test");
    thread.setDaemon(true);
    thread.start();
    return made;
  }

  private void run(Connector made) {
    try {
      made.run();
      ended.complete(null);
    } catch (SkepException | InterruptedException e) {
      ended.completeExceptionally(e);
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    Connector running = connector;
    if (running != null && !ended.isDone()) {
      running.stop();
    }
    runtime.close();
  }

  private static SlotId awaitWarm(QueenEnd queen) throws InterruptedException {
    SlotReports reports = queen.await(SlotReports.class).message();
    assertThat(reports.slots().get(0).state()).isEqualTo(SlotState.WARM);
    return reports.slots().get(0).slot();
  }

  private static AttemptResult work(QueenEnd queen, Offer offer) throws InterruptedException {
    queen.send(new Offers(List.of(offer)));
    return queen.await(Results.class).message().results().get(0);
  }

  @Test
  void shouldReportItsSlotsAndAskForWork() throws InterruptedException {
    QueenEnd queen = new QueenEnd("pass");
    start(queen, 3);

    Set<String> containers = new java.util.HashSet<>();
    while (containers.size() < 3) {
      queen.await(SlotReports.class).message().slots().stream()
          .map(SlotReports.SlotReport::containerId)
          .forEach(containers::add);
    }
    await()
        .atMost(SOON)
        .until(
            () ->
                queen.await(Pull.class).message().slots().stream()
                    .allMatch(slot -> slot.credits() == 2));
    assertThat(queen.slots()).hasSize(3);
  }

  @Test
  void shouldCallNoSlotWarmBeforeItsStreamPlaneStands() throws InterruptedException {
    QueenEnd queen = new QueenEnd("pass");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch stands = new CountDownLatch(1);
    start(queen, 1, Duration.ofSeconds(6), new LatePlane(asked, stands));

    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    await().atMost(SOON).until(() -> connector().seats().get(0).state() == SlotState.WARM);
    assertThat(queen.pair.arrived).isEmpty();
    stands.countDown();
    awaitWarm(queen);
  }

  @Test
  void shouldTellThatItsProviderPausedIt() throws InterruptedException {
    QueenEnd queen = new QueenEnd("pass");
    Connector running = start(queen, 1);
    awaitWarm(queen);
    running.pause(true);
    assertThat(queen.await(SlotReports.class).message().slots().get(0).state())
        .isEqualTo(SlotState.PAUSED);
  }

  @Test
  void shouldTellAnOldQueenNothingThatSheDoesNotUnderstand() throws InterruptedException {
    QueenEnd old = new QueenEnd("pass");
    old.understood = SlotState.FIRST;
    Connector running = start(old, 1);
    awaitWarm(old);
    running.pause(true);
    List<Message> heard = new ArrayList<>();
    await()
        .atMost(SOON)
        .until(
            () -> {
              heard.addAll(old.heard());
              return heard.stream().anyMatch(ConnectorTest::asksForNothing);
            });
    assertThat(heard).as("warm as before, for her").noneMatch(SlotReports.class::isInstance);
  }

  private static boolean asksForNothing(Message message) {
    return message instanceof Pull pull && pull.slots().get(0).credits() == 0;
  }

  @Test
  void shouldAnswerAnOfferAndForgetItWhenAccepted() throws InterruptedException {
    QueenEnd queen = new QueenEnd("#fake answer {\"b\":2}");
    start(queen, 1);
    Offer offer = Work.offer(awaitWarm(queen));
    queen.send(new Offers(List.of(offer)));

    QueenEnd.Heard<Results> heard = queen.await(Results.class);
    AttemptResult result = heard.message().results().get(0);
    assertThat(result.attempt()).isEqualTo(offer.attempt());
    assertThat(new String(result.output(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"b\":2}");
    assertThat(heldSoon(queen)).contains(offer.attempt().toString());
    queen.send(new Accepted(heard.sequence(), List.of()));
    await().atMost(SOON).until(() -> heldSoon(queen).isEmpty());
  }

  private static Set<String> heldSoon(QueenEnd queen) throws InterruptedException {
    return queen.await(Pull.class).message().held().stream()
        .map(Object::toString)
        .collect(Collectors.toSet());
  }

  @Test
  void shouldDialAgainInTheSameSessionWhenTheLinkBreaks() throws InterruptedException {
    QueenEnd queen = new QueenEnd("pass");
    start(queen, 1);
    SlotId slot = awaitWarm(queen);

    queen.pair.cut();
    await().atMost(SOON).until(() -> queen.pair.dials.get() == 2);
    AttemptResult result = work(queen, Work.offer(slot));
    assertThat(result.ok()).isTrue();
    assertThat(queen.sessions.get()).isEqualTo(1);
  }

  @Test
  void shouldNotTakeLateNewsOfABrokenLinkForTheLossOfItsHeir() throws InterruptedException {
    QueenEnd queen = new QueenEnd("pass");
    start(queen, 1);
    SlotId slot = awaitWarm(queen);
    LinkListener first = queen.pair.listener();

    queen.pair.cut();
    await().atMost(SOON).until(() -> queen.pair.dials.get() == 2);
    first.lost(LinkProblem.lost("late news"));
    assertThat(work(queen, Work.offer(slot)).ok()).isTrue();
    await().during(Duration.ofSeconds(1)).until(() -> queen.pair.dials.get() == 2);
  }

  @Test
  void shouldSignInAgainAndResendWhatWasNotAccepted() throws InterruptedException {
    QueenEnd queen = new QueenEnd("pass");
    start(queen, 1);
    SlotId slot = awaitWarm(queen);
    AttemptResult first = work(queen, Work.offer(slot));

    queen.pair.refuse(true);
    queen.pair.cut();
    await().atMost(SOON).until(() -> queen.pair.dials.get() >= 3);
    queen.pair.arrived.clear(); // nobody is connected: what comes now is of the new session
    queen.pair.refuse(false);
    await().atMost(SOON).until(() -> queen.sessions.get() >= 2 && !queen.pair.arrived.isEmpty());

    AttemptResult again = queen.await(Results.class).message().results().get(0);
    assertThat(again.attempt()).isEqualTo(first.attempt());
    assertThat(again.slot()).as("the lease names the old slot").isEqualTo(slot);
  }

  @Test
  void shouldComeBackWhenTheQueenWasAwayForAWhile() throws InterruptedException {
    QueenEnd queen = new QueenEnd("pass");
    start(queen, 1);
    awaitWarm(queen);

    queen.refuseWith(SkepException.of("queen-unreachable", 503));
    queen.pair.refuse(true);
    queen.pair.cut();
    await().atMost(SOON).until(() -> queen.pair.dials.get() >= 2);
    queen.refuseWith(null);
    queen.pair.refuse(false);
    await().atMost(SOON).until(() -> queen.sessions.get() >= 2);
    assertThat(ended).isNotDone();
  }

  @Test
  void shouldDropForgedAndReplayedMessages() throws InterruptedException {
    QueenEnd queen = new QueenEnd("pass");
    start(queen, 1);
    SlotId slot = awaitWarm(queen);
    Offer offer = Work.offer(slot);
    byte[] good = queen.seal(new Offers(List.of(offer)), 50);
    byte[] forged = good.clone();
    forged[forged.length - 1] ^= 1;

    queen.pair.deliver(forged);
    queen.pair.deliver(new byte[] {1, 2, 3});
    queen.pair.deliver(good);
    assertThat(queen.await(Results.class).message().results()).hasSize(1);
    queen.pair.deliver(queen.seal(new Offers(List.of(Work.offer(slot))), 50));
    Offer next = Work.offer(slot);
    queen.pair.deliver(queen.seal(new Offers(List.of(next)), 51));
    assertThat(queen.await(Results.class).message().results().get(0).attempt())
        .isEqualTo(next.attempt());
  }

  @Test
  void shouldStopAnAttemptThatTheQueenCancels() throws InterruptedException {
    QueenEnd queen = new QueenEnd("#fake never-answer");
    start(queen, 1);
    Offer offer = Work.offer(awaitWarm(queen));
    queen.send(new Offers(List.of(offer)));
    await().atMost(SOON).until(() -> heldSoon(queen).contains(offer.attempt().toString()));

    queen.send(new Cancel(List.of(offer.attempt())));
    AttemptResult result = queen.await(Results.class).message().results().get(0);
    assertThat(result.problem().code()).isEqualTo("job-cancelled");
  }

  @Test
  void shouldFinishSendAndLeaveWhenStopped() throws InterruptedException {
    QueenEnd queen = new QueenEnd("#fake run-for 3000");
    Connector running = start(queen, 1, SOON);
    Offer offer = Work.offer(awaitWarm(queen));
    queen.send(new Offers(List.of(offer)));
    await().atMost(SOON).until(() -> !heldSoon(queen).isEmpty());

    CompletableFuture<Void> acknowledged =
        CompletableFuture.runAsync(
            () -> {
              try {
                queen.send(new Accepted(queen.await(Results.class).sequence(), List.of()));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    running.stop();
    assertThat(acknowledged).succeedsWithin(SOON);
    assertThat(queen.ended.get()).isEqualTo(1);
    assertThat(ended).succeedsWithin(SOON);
  }

  @Test
  void shouldSayThatItsSlotLeftOnlyWhenItsLastResultIsAccepted() throws InterruptedException {
    QueenEnd queen = new QueenEnd("#fake run-for 500");
    Connector running = start(queen, 1, SOON);
    queen.send(new Offers(List.of(Work.offer(awaitWarm(queen)))));
    await().atMost(SOON).until(() -> !heldSoon(queen).isEmpty());
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> stop(running));

    long sequence = queen.await(Results.class).sequence();
    await().atMost(SOON).until(() -> running.seats().get(0).state() == SlotState.LEFT);
    assertThat(queen.heard()).noneMatch(ConnectorTest::saysThatItLeft);
    queen.send(new Accepted(sequence, List.of()));
    await().atMost(SOON).until(() -> saysThatItLeft(queen.await(SlotReports.class).message()));
    assertThat(stopped).succeedsWithin(SOON);
  }

  private static boolean saysThatItLeft(Message message) {
    return message instanceof SlotReports reports
        && reports.slots().get(0).state() == SlotState.LEFT;
  }

  private static void stop(Connector running) {
    try {
      running.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void shouldEndWhenItsWalletIsBanned() throws InterruptedException {
    QueenEnd queen = new QueenEnd("pass");
    start(queen, 1);
    awaitWarm(queen);

    queen.send(new Goodbye("banned: results that differ"));
    await().atMost(SOON).until(ended::isCompletedExceptionally);
    assertThat(queen.sessions.get()).isEqualTo(1);
  }

  @Test
  void shouldSignInAgainAfterAnyOtherGoodbye() throws InterruptedException {
    QueenEnd queen = new QueenEnd("pass");
    start(queen, 1);
    awaitWarm(queen);

    queen.send(new Goodbye("the queen restarts"));
    await().atMost(SOON).until(() -> queen.sessions.get() == 2);
    assertThat(ended).isNotDone();
  }

  @Test
  void shouldTellWhyThePoolCannotBeJoined() {
    QueenEnd queen = new QueenEnd("pass");
    queen.refuseWith(SkepException.of("pool-full", 409).because("no slot is free"));
    start(queen, 1);

    await().atMost(SOON).until(ended::isCompletedExceptionally);
    assertThat(ended.handle((nothing, e) -> e).join()).hasMessageContaining("no slot is free");
  }

  @Test
  void shouldEndWithTheJobsFaultWhenNoSlotCanStart() throws InterruptedException {
    QueenEnd queen = new QueenEnd("#fake fail-init broken");
    start(queen, 2);

    SlotReports reports = queen.await(SlotReports.class).message();
    assertThat(reports.slots().get(0).state()).isEqualTo(SlotState.FAILED);
    await().atMost(SOON).until(ended::isCompletedExceptionally);
    assertThat(ended.handle((nothing, e) -> e).join())
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.fault()).isEqualTo(Fault.JOB));
    assertThat(queen.ended.get()).as("an ended session is deaf").isZero();
  }
}
