package dev.skep.queen.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.Fault;
import dev.skep.protocol.id.PoolId;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who is paid what: 100 per job and 10 per second of each copy, at most 200 a copy. Every copy says
 * that it ran two seconds; the clock stands where the case puts it.
 */
class PaymentTest {
  private final World world = new World();

  /** One job in a pool with two providers; what happens to it is the case's. */
  private interface Case extends BiConsumer<Scene, World> {}

  private record Scene(PoolId pool, World.Hand first, World.Hand second, Ticket ticket) {}

  static Stream<Arguments> cases() {
    return Stream.of(
        one(
            "a valid result: its price and its seconds",
            120,
            (s, w) -> s.first.answer(s.first.next(), "1")),
        one(
            "the job's own fault: its seconds up to the stop",
            20,
            (s, w) -> s.first.fail(s.first.next(), Fault.JOB)),
        one(
            "the provider's fault: nothing, the next one is paid",
            120,
            PaymentTest::failsThenAnswers),
        one(
            "cancelled while it ran: its seconds up to the stop",
            30,
            (s, w) -> w.dispatcher.cancel(s.ticket.job())),
        one("cancelled, then a result: nothing more", 30, PaymentTest::answersAfterTheCancel),
        one("the same result twice: once", 120, PaymentTest::answersTwice),
        one(
            "a result after the lease: nothing, who took over is paid",
            120,
            PaymentTest::answersTooLate),
        one("the total deadline: nothing", 0, PaymentTest::neverAnswers),
        one(
            "seconds that the queen did not see pass: not those",
            130,
            (s, w) -> ran(s, 60_000_000)),
        one("what takes longer than a copy may cost: the most", 200, PaymentTest::takesLong),
        one("fractions of the smallest unit: dropped", 119, (s, w) -> ran(s, 1_999_999)),
        one("time that nobody can have run: not taken off the price", 100, (s, w) -> ran(s, -1)),
        one("the platform's fault, then cancelled: nothing", 0, PaymentTest::waitsAndIsCancelled),
        one("an own provider: nothing", 0, PaymentTest::answersItself),
        three("a copy that differs from those that agree: nothing", 240, PaymentTest::oneDiffers),
        three("a copy that agreement made needless: nothing", 240, PaymentTest::bothAnswer),
        two("two copies that never agree: nothing", 0, PaymentTest::nobodyAgrees),
        two("two copies that agree: both", 240, PaymentTest::bothAnswer),
        two("two copies whose job fails: the seconds of both", 40, PaymentTest::bothFail),
        two(
            "one copy back, then cancelled: the seconds of both",
            50,
            PaymentTest::cancelledHalfWay));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shouldPay(String name, Policy policy, long paid, Case course) {
    PoolId pool = world.openPool(policy);
    World.Hand first = world.connector(1, pool, 1, 1);
    Scene scene =
        policy.copies() == 1
            ? new Scene(pool, first, null, world.submit(pool, "{}"))
            : new Scene(pool, first, world.connector(2, pool, 1, 1), world.submit(pool, "{}"));
    world.clock.pass(Duration.ofSeconds(3));

    course.accept(scene, world);

    assertThat(world.ledger.paid().value().longValueExact()).as(name).isEqualTo(paid);
    assertThat(world.dispatcher.load(pool).reserved().isZero())
        .as("nothing stays reserved")
        .isTrue();
    assertThat(world.dispatcher.load(pool).spent()).isEqualTo(world.ledger.paid());
  }

  private static Arguments one(String name, long paid, Case course) {
    return Arguments.of(name, World.none(), paid, course);
  }

  private static Arguments two(String name, long paid, Case course) {
    return Arguments.of(name, World.quorum(2, 2), paid, course);
  }

  private static Arguments three(String name, long paid, Case course) {
    return Arguments.of(name, World.quorum(2, 3), paid, course);
  }

  private static void takesLong(Scene scene, World world) {
    world.clock.pass(Duration.ofSeconds(30));
    ran(scene, 33_000_000);
  }

  private static void ran(Scene scene, long runMicros) {
    Courier.Offer offer = scene.first.next();
    byte[] output = {'1'};
    scene.first.send(
        new RunResult(
            offer.attempt(),
            offer.slot(),
            output,
            ResultCheck.sha256(output),
            runMicros,
            RunResult.RunLog.EMPTY,
            null));
  }

  private static void waitsAndIsCancelled(Scene scene, World world) {
    scene.first.fail(scene.first.next(), Fault.PLATFORM);
    world.dispatcher.cancel(scene.ticket.job());
  }

  private static void answersItself(Scene scene, World world) {
    scene.first.fail(scene.first.next(), Fault.PROVIDER);
    World.Hand own = world.connector(0xaaa, scene.pool, 1, 1);
    own.answer(own.next(), "1");
  }

  private static void oneDiffers(Scene scene, World world) {
    World.Hand third = world.connector(3, scene.pool, 1, 1);
    third.answer(third.next(), "2");
    bothAnswer(scene, world);
  }

  private static void nobodyAgrees(Scene scene, World world) {
    scene.first.answer(scene.first.next(), "1");
    scene.second.answer(scene.second.next(), "2");
    for (int number = 3; !scene.ticket.answer().isDone(); number++) {
      World.Hand next = world.connector(number, scene.pool, 1, 1);
      next.answer(next.next(), String.valueOf(number));
    }
  }

  private static void failsThenAnswers(Scene scene, World world) {
    scene.first.fail(scene.first.next(), Fault.PROVIDER);
    World.Hand other = world.connector(2, scene.pool, 1, 1);
    world.clock.pass(Duration.ofSeconds(3));
    other.answer(other.next(), "1");
  }

  private static void answersAfterTheCancel(Scene scene, World world) {
    world.dispatcher.cancel(scene.ticket.job());
    scene.first.answer(scene.first.next(), "1");
  }

  private static void answersTwice(Scene scene, World world) {
    Courier.Offer offer = scene.first.next();
    scene.first.answer(offer, "1");
    scene.first.answer(offer, "1");
  }

  private static void answersTooLate(Scene scene, World world) {
    World.Hand other = world.connector(2, scene.pool, 1, 1);
    world.clock.pass(Duration.ofSeconds(91));
    world.dispatcher.expireLeases();
    scene.first.answer(scene.first.next(), "1");
    world.clock.pass(Duration.ofSeconds(3));
    other.answer(other.next(), "1");
  }

  private static void neverAnswers(Scene scene, World world) {
    world.clock.pass(Duration.ofMinutes(16));
    world.dispatcher.expireTotals();
  }

  private static void bothAnswer(Scene scene, World world) {
    scene.first.answer(scene.first.next(), "1");
    scene.second.answer(scene.second.next(), "1");
  }

  private static void bothFail(Scene scene, World world) {
    scene.first.fail(scene.first.next(), Fault.JOB);
    scene.second.fail(scene.second.next(), Fault.JOB);
  }

  private static void cancelledHalfWay(Scene scene, World world) {
    scene.first.answer(scene.first.next(), "1");
    world.dispatcher.cancel(scene.ticket.job());
  }
}
