package dev.skep.provider.stream;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.provider.runtime.JobEvents;
import dev.skep.provider.runtime.JobEvents.Progress;
import java.time.Duration;
import java.util.function.Consumer;

/** The way on which running jobs tell the queen more than their result. Thread-safe. */
public interface JobStreams extends AutoCloseable {

  /** For connectors without a plane. */
  JobStreams NONE = new Silence();

  /**
   * A session began: its plane replaces the last one's.
   *
   * @param password the session's, as the broker asks it
   * @param cancel what the queen wants stopped; called on a thread of the plane
   */
  void session(String password, Consumer<AttemptRef> cancel);

  /**
   * Waits until the session's plane stands, at most {@code patience}, and not at all where none is
   * to come; says whether it does. What a job tells before is lost.
   */
  boolean awaitPlane(Duration patience) throws InterruptedException;

  /**
   * What an attempt tells goes to the queen, as far as there is a plane; a part waits for its
   * reader at most {@code limit} in all.
   */
  Telling tell(AttemptRef attempt, Duration limit);

  @Override
  void close();

  /** One attempt's events; {@link #end} when it has an outcome. */
  interface Telling extends JobEvents {
    /** Nothing more comes; returns at once. */
    void end();
  }

  /** Tells nobody anything. */
  final class Silence implements JobStreams, Telling {
    private Silence() {}

    @Override
    public void session(String password, Consumer<AttemptRef> cancel) {}

    @Override
    public boolean awaitPlane(Duration patience) {
      return false;
    }

    @Override
    public Telling tell(AttemptRef attempt, Duration limit) {
      return this;
    }

    @Override
    public void close() {}

    @Override
    public void part(int index, byte[] json) {}

    @Override
    public void progress(Progress progress) {}

    @Override
    public void log(String text) {}

    @Override
    public void end() {}
  }
}
