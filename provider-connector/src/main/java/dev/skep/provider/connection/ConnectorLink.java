package dev.skep.provider.connection;

/**
 * One open transport of a session: frames go to two fixed queues of the queen, frames from her
 * inbox come to the {@link LinkListener} given at dialling.
 *
 * <p>Frames to one queue arrive in order, at most once. Nothing is promised to arrive: what must
 * not be lost is sent again by the caller. Once lost, a link stays lost.
 */
public interface ConnectorLink extends AutoCloseable {
  /** Where a frame goes. */
  enum Queue {
    PULL,
    RESULTS
  }

  /**
   * Hands a frame to the transport; used by one thread at a time.
   *
   * @throws dev.skep.protocol.SkepException {@code link-lost}, retryable, when the transport is
   *     gone
   */
  void send(Queue queue, byte[] frame);

  /** Ends the transport without a word to the listener. Idempotent. */
  @Override
  void close();
}
