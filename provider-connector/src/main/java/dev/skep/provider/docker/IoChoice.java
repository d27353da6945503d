package dev.skep.provider.docker;

import dev.skep.protocol.SkepException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Function;

/** Finds out with the first slot which way frames can take on this machine, and keeps to it. */
final class IoChoice {

  private static final Logger LOG = System.getLogger(IoChoice.class.getName());

  private volatile WorkerIo io;

  IoChoice(WorkerIo asked) {
    this.io = asked;
  }

  WorkerIo io() {
    return io;
  }

  /** Starts something the known way, or one way after the other. */
  <T> T start(Function<WorkerIo, T> start) {
    if (io != WorkerIo.AUTO) {
      return start.apply(io);
    }
    try {
      return kept(WorkerIo.SOCKET, start);
    } catch (SkepException e) {
      if (!(e.getCause() instanceof WorkerSilentException)) {
        throw e;
      }
      return startOverStdio(start, e);
    }
  }

  /** A program that cannot start at all fails here too: then the first answer is the better one. */
  private <T> T startOverStdio(Function<WorkerIo, T> start, SkepException overSocket) {
    try {
      T started = kept(WorkerIo.STDIO, start);
      LOG.log(Level.INFO, "no socket reaches into containers here: talking over stdin and stdout");
      return started;
    } catch (SkepException e) {
      overSocket.addSuppressed(e);
      throw overSocket;
    }
  }

  private <T> T kept(WorkerIo tried, Function<WorkerIo, T> start) {
    T started = start.apply(tried);
    io = tried;
    return started;
  }
}
