package dev.skep.provider.worker;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A worker sent what no worker of ours sends: something in its container got hold of the socket.
 */
public final class WorkerProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  public WorkerProtocolException(String what) {
    this(what, null);
  }

  WorkerProtocolException(String what, @Nullable Throwable cause) {
    super("the worker sent " + what, cause);
  }
}
