package dev.skep.provider.bulk;

import dev.skep.protocol.SkepException;
import java.util.List;
import java.util.function.Consumer;

/** The queen's bulk endpoint of one pool. Thread-safe. */
public interface BulkQueen {
  /** One line under its key. */
  @SuppressWarnings("ArrayRecordComponent") // bytes on the hot path, never compared as a value
  record Order(String key, byte[] input) {}

  /**
   * Sends orders and gives the answers as they come, in any order; returns when the queen said that
   * there are no more. She may leave orders unanswered: what is not answered may or may not be at
   * work, and is to be sent again under the same key.
   *
   * @throws SkepException when the request was refused or broke; retryable when sending again helps
   */
  void send(List<Order> orders, Consumer<LineAnswer> answers);
}
