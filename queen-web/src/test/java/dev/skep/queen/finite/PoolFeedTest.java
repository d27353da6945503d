package dev.skep.queen.finite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.settings.TestClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoolFeedTest {
  private static final int LINES = 30;
  private static final String FILE =
      IntStream.rangeClosed(1, LINES)
          .mapToObj(n -> "{\"n\": " + n + "}" + (n % 3 == 0 ? "\r\n\n" : "\n"))
          .collect(Collectors.joining());
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "a1".repeat(20));

  private final FakeFeeding queen = new FakeFeeding();
  private final TestClock clock = new TestClock();
  private final PoolId id = new PoolId(Uuid7.system().next());
  private int deaths;

  @Test
  void shouldMakeEachLineOneJobInOrder() {
    feedToTheEnd();

    assertThat(texts()).containsExactlyElementsOf(lines());
    assertThat(queen.mark.number()).isEqualTo(LINES);
    assertThat(queen.mark.nextByte()).isEqualTo(FILE.length() - 1L);
    assertThat(queen.jobs.values()).allMatch(job -> job.sent == 1);
  }

  @Test
  void shouldNeitherLoseNorRepeatALineWhereverItDies() {
    for (boolean afterwards : new boolean[] {false, true}) {
      for (int call = 1; call <= 40; call++) {
        FakeFeeding each = new FakeFeeding();
        each.stumbling.add("input 7");
        each.afterwards = afterwards;
        each.deathIn = call;
        feedToTheEnd(each);

        assertThat(each.ended.keySet()).as("death in call %d", call).hasSize(LINES);
        assertThat(each.jobs).as("jobs, one more for line 7").hasSize(LINES + 1);
        assertThat(each.mark.number()).isEqualTo(LINES);
      }
    }
    assertThat(deaths).as("every death was died").isGreaterThan(60);
  }

  @Test
  void shouldDieAgainAndAgainAndStillAnswerEachLineOnce() {
    for (int i = 0; i < 25; i++) {
      queen.deathIn = 3 + i % 5;
      queen.afterwards = i % 2 == 0;
      runUntilDeathOrEnd(queen);
    }
    queen.deathIn = Integer.MAX_VALUE;
    feedToTheEnd();

    assertThat(queen.jobs).hasSize(LINES);
    assertThat(texts()).containsExactlyElementsOf(lines());
  }

  @Test
  void shouldHoldNoMoreJobsThanTheSlotsCanUse() {
    queen.slots = 3;
    feedToTheEnd();

    assertThat(queen.most).isLessThanOrEqualTo(6);
    assertThat(queen.ended).hasSize(LINES);
  }

  @Test
  void shouldSendNothingWhileNobodyCouldRunIt() {
    queen.slots = 0;
    PoolFeed feed = feed(queen);

    assertThat(feed.step()).isFalse();
    assertThat(queen.jobs).isEmpty();
  }

  @Test
  void shouldWaitForFundsInsteadOfFailing() {
    PoolFeed feed = feed(queen);
    queen.dry = true;
    feed.step();
    feed.step();
    queen.dry = false;
    assertThat(feed.step()).as("it rests after a refusal").isFalse();
    clock.pass(PoolFeed.REST);
    run(queen, feed);

    assertThat(queen.ended).hasSize(LINES);
    assertThat(queen.ended.values()).noneMatch(EndedInput::failed);
  }

  @Test
  void shouldCountWhatFailedByTheJobsFaultAndTryOthersFaultAgain() {
    queen.failing.add("input 4");
    queen.stumbling.addAll(List.of("input 5", "input 5 again 1"));
    queen.stumbling.add("input 6");
    IntStream.rangeClosed(1, 3).forEach(again -> queen.stumbling.add("input 6 again " + again));
    feedToTheEnd();

    assertThat(queen.ended.values().stream().filter(EndedInput::failed).map(EndedInput::number))
        .containsExactlyInAnyOrder(4, 6);
    assertThat(queen.jobs).hasSize(LINES + 2 + PoolFeed.MOST_AGAIN);
    assertThat(queen.ended.get(5).job()).isEqualTo(queen.jobs.get("input 5 again 2").id);
  }

  @Test
  void shouldTakeWholeNumbersAsInputs() {
    FinitePool numbers = new FinitePool(id, OWNER, 4, null, -2, queen.mark);
    run(queen, new PoolFeed(numbers, parts(queen, new NumberInputs(numbers))));

    assertThat(queen.jobs.values().stream().map(job -> job.text))
        .containsExactly("-2", "-1", "0", "1");
  }

  private void feedToTheEnd() {
    feedToTheEnd(queen);
  }

  private void feedToTheEnd(FakeFeeding on) {
    for (int i = 0; i < 10 && on.ended.size() < LINES; i++) {
      runUntilDeathOrEnd(on);
    }
  }

  private void runUntilDeathOrEnd(FakeFeeding on) {
    try {
      run(on, feed(on));
    } catch (FakeFeeding.Death died) {
      deaths++;
    }
  }

  private static void run(FakeFeeding on, PoolFeed feed) {
    for (int i = 0; i < 100; i++) {
      while (feed.step()) {}
      on.work();
    }
    while (feed.step()) {}
  }

  private PoolFeed feed(FakeFeeding on) {
    FinitePool pool = new FinitePool(id, OWNER, LINES, new byte[32], 0, on.mark);
    byte[] rest = FILE.getBytes(StandardCharsets.UTF_8);
    rest = Arrays.copyOfRange(rest, (int) on.mark.nextByte(), rest.length);
    return new PoolFeed(pool, parts(on, new FileInputs(new ByteArrayInputStream(rest), on.mark)));
  }

  private PoolFeed.Parts parts(FakeFeeding on, InputSource source) {
    return new PoolFeed.Parts(source, on, on, clock, () -> {});
  }

  private List<String> texts() {
    return queen.ended.values().stream()
        .map(end -> queen.jobs.get("input " + end.number()).text)
        .toList();
  }

  private static List<String> lines() {
    return IntStream.rangeClosed(1, LINES).mapToObj(n -> "{\"n\": " + n + "}").toList();
  }
}
