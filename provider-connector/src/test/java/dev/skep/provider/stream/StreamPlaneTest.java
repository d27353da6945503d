package dev.skep.provider.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamPlaneTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final QueenPlane queen = new QueenPlane();
  private final StreamPlane plane = new StreamPlane(queen);

  @AfterEach
  void close() {
    plane.close();
  }

  private void session(String password) {
    plane.session(password, attempt -> {});
  }

  @Test
  void shouldSayThatThePlaneStandsOnceItDoes() throws InterruptedException {
    session("one");
    assertThat(plane.awaitPlane(LONG)).isTrue();
    assertThat(queen.passwords).containsExactly("one");
  }

  @Test
  void shouldNotWaitForAPlaneThatTheQueenRefuses() throws InterruptedException {
    queen.refusing = true;
    session("one");
    assertThat(plane.awaitPlane(LONG)).isFalse();
  }

  @Test
  void shouldNotWaitLongerThanToldForAQueenWhoIsAway() throws InterruptedException {
    queen.away = true;
    session("one");
    queen.dials.await();
    assertThat(plane.awaitPlane(SHORT)).isFalse();
    queen.away = false;
    assertThat(plane.awaitPlane(LONG)).as("it is dialled again").isTrue();
  }

  @Test
  void shouldNotTakeTheLastSessionsPlaneForTheNextOnes() throws InterruptedException {
    session("one");
    plane.awaitPlane(LONG);
    queen.away = true;
    session("two");
    assertThat(plane.awaitPlane(SHORT)).isFalse();
    queen.away = false;
    assertThat(plane.awaitPlane(LONG)).isTrue();
    assertThat(queen.passwords).contains("two");
  }

  @Test
  void shouldOpenTheControlStreamByItself() throws InterruptedException {
    session("one");
    plane.awaitPlane(LONG);
    await().atMost(LONG).until(() -> queen.streams.size() == 1);
  }

  @Test
  void shouldNotWaitWhenItIsClosed() throws InterruptedException {
    plane.close();
    assertThat(plane.awaitPlane(LONG)).isFalse();
  }
}
