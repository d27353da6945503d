package dev.skep.provider.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Hears what a running job tells before its outcome. Called in order on the thread that waits for
 * the job, so a listener that blocks holds the job back: that is how a slow reader slows a fast job
 * down. It must come back once the job's run limit has passed, and must not throw.
 */
public interface JobEvents {

  /** For a caller who waits for the outcome alone; the job is not even asked to tell more. */
  JobEvents NONE =
      new JobEvents() {
        @Override
        public void part(int index, byte[] json) {}

        @Override
        public void progress(Progress progress) {}

        @Override
        public void log(String text) {}
      };

  /**
   * One item that a generator yielded. The outcome's output is the JSON array of all of them.
   *
   * @param index from 0, without a gap
   * @param json canonical JSON, UTF-8
   */
  void part(int index, byte[] json);

  /** How far the job says it is; may be dropped. */
  void progress(Progress progress);

  /** What the job printed since the last time; may be dropped, the outcome's log is whole. */
  void log(String text);

  /**
   * How far a job says it is.
   *
   * @param done in the job's own unit
   * @param total in the same unit, null when the job does not know
   * @param text at most {@link #MAX_TEXT} characters
   */
  record Progress(double done, @Nullable Double total, String text) {

    /** The longest text that is passed on, in characters. */
    public static final int MAX_TEXT = 500;

    public Progress {
      text = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }
  }
}
