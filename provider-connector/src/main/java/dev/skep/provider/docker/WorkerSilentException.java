package dev.skep.provider.docker;

import java.io.IOException;

/** The container ended before its worker had called. */
final class WorkerSilentException extends IOException {

  private static final long serialVersionUID = 1L;

  WorkerSilentException() {
    super("the container ended before its worker called");
  }
}
