package dev.skep.provider.slot;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.wire.Blob;
import java.util.Optional;

/** The way of payloads that are too long for a message. Thread-safe. */
public interface LargePayloads {
  /** Where every payload fits a message. */
  LargePayloads NONE =
      new LargePayloads() {
        @Override
        public byte[] fetch(AttemptRef attempt, Blob input) {
          throw new IllegalStateException("an offer with a blob that nobody said we take");
        }

        @Override
        public Optional<Blob> bring(AttemptRef attempt, byte[] output) {
          return Optional.empty();
        }
      };

  /**
   * Fetches an attempt's input; its hash was checked. Blocks, and tries again what breaks.
   *
   * @throws SkepException {@code payload-unavailable} (PROVIDER, retryable) or the queen's refusal
   */
  byte[] fetch(AttemptRef attempt, Blob input) throws SkepException;

  /**
   * Brings an attempt's output; empty when it is short enough for a message. Blocks, and tries
   * again what breaks.
   *
   * @throws SkepException {@code payload-unavailable} (PROVIDER, retryable) or the queen's refusal
   */
  Optional<Blob> bring(AttemptRef attempt, byte[] output) throws SkepException;
}
