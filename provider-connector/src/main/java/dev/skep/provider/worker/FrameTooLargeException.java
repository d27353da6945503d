package dev.skep.provider.worker;

import java.io.IOException;

/** A worker announced a frame longer than it may send; nothing was allocated for it. */
public final class FrameTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean payload;

  public FrameTooLargeException(boolean payload, long length, int limit) {
    super("a frame of %d bytes, at most %d are allowed".formatted(length, limit));
    this.payload = payload;
  }

  /** Whether it was an answer (and not a header) that was too long. */
  public boolean payload() {
    return payload;
  }
}
