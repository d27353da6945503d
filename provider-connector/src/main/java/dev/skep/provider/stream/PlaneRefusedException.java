package dev.skep.provider.stream;

import java.io.IOException;

/** The queen answered and does not open a plane: an older one, or the session is over. */
public final class PlaneRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  PlaneRefusedException(String status) {
    super("the queen opens no stream plane: " + status);
  }
}
