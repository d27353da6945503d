package dev.skep.provider.docker;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;

/** The way that frames take between connector and worker. */
public enum WorkerIo {
  /** A Unix socket in a mounted folder, which the worker dials: the quickest. */
  SOCKET,
  /** The worker's stdin and stdout through the engine, where a socket cannot be mounted. */
  STDIO,
  /** The socket where it works, found out with the first slot, else stdin and stdout. */
  AUTO;

  /**
   * The option's words: {@code socket}, {@code stdio}, {@code auto}.
   *
   * @throws SkepException {@code usage} (CALLER) for any other
   */
  public static WorkerIo named(String word) {
    return switch (word) {
      case "socket" -> SOCKET;
      case "stdio" -> STDIO;
      case "auto" -> AUTO;
      default ->
          throw SkepException.of("usage", 400)
              .fault(Fault.CALLER)
              .because("--worker-io is socket, stdio or auto, not '" + word + "'")
              .hint("skep pool join --help");
    };
  }
}
