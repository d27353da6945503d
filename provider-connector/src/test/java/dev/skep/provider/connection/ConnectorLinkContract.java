package dev.skep.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skep.protocol.SkepException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What every {@link ConnectorLink} keeps; the fake and the real transport both run it. */
interface ConnectorLinkContract {
  Duration SOON = Duration.ofSeconds(30);

  /** Dials a fresh session. */
  ConnectorLink dial(LinkListener listener);

  /** Puts a frame into the inbox of the session dialled last. */
  void deliver(byte[] frame);

  /** The next frame that arrived at the queen's queue. */
  byte[] take(ConnectorLink.Queue queue) throws Exception;

  /** Breaks the transport from outside. */
  void cut();

  /** Remembers what it hears. */
  final class Ear implements LinkListener {
    final Queue<byte[]> frames = new ConcurrentLinkedQueue<>();
    final Queue<SkepException> losses = new ConcurrentLinkedQueue<>();

    @Override
    public void received(byte[] frame) {
      frames.add(frame);
    }

    @Override
    public void lost(SkepException why) {
      losses.add(why);
    }
  }

  @Test
  default void shouldCarryFramesToBothQueuesInOrder() throws Exception {
    try (ConnectorLink link = dial(new Ear())) {
      for (byte i = 0; i < 10; i++) {
        link.send(ConnectorLink.Queue.PULL, new byte[] {i});
      }
      link.send(ConnectorLink.Queue.RESULTS, new byte[300_000]);
      for (byte i = 0; i < 10; i++) {
        assertThat(take(ConnectorLink.Queue.PULL)).containsExactly(i);
      }
      assertThat(take(ConnectorLink.Queue.RESULTS)).hasSize(300_000);
    }
  }

  @Test
  default void shouldBringWhatTheQueenSends() {
    Ear ear = new Ear();
    try (ConnectorLink link = dial(ear)) {
      assertThat(link).isNotNull();
      deliver(new byte[] {1});
      deliver(new byte[] {2, 3});
      await().atMost(SOON).until(() -> ear.frames.size() == 2);
      assertThat(ear.frames.remove()).containsExactly(1);
      assertThat(ear.frames.remove()).containsExactly(2, 3);
    }
  }

  @Test
  default void shouldTellOnceThatItIsLostAndStayLost() {
    Ear ear = new Ear();
    try (ConnectorLink link = dial(ear)) {
      cut();
      await().atMost(SOON).until(() -> ear.losses.size() == 1);
      assertThat(ear.losses.element().isRetryable()).isTrue();
      assertThatThrownBy(() -> link.send(ConnectorLink.Queue.PULL, new byte[1]))
          .isInstanceOfSatisfying(
              SkepException.class, e -> assertThat(e.code()).isEqualTo("link-lost"));
    }
  }

  @Test
  default void shouldCloseWithoutAWord() {
    Ear ear = new Ear();
    ConnectorLink link = dial(ear);
    link.close();
    link.close();
    assertThatThrownBy(() -> link.send(ConnectorLink.Queue.PULL, new byte[1]))
        .isInstanceOf(SkepException.class);
    assertThat(ear.losses).isEmpty();
  }
}
