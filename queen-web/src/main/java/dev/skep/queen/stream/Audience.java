package dev.skep.queen.stream;

/** Somebody who listens to a job. Must not block; what it cannot take at once it keeps. */
public interface Audience {

  /** The next item the job yielded: JSON in one line. */
  void part(byte[] json);

  /** Every part from that index on is void: another attempt yields others. */
  void restart(int from);

  /** JSON {@code {done, total, text}} in one line. */
  void progress(byte[] json);

  /** What the job printed since the last time. */
  void log(int attempt, String text);

  /** Whether it is there for the parts, which wait for it. */
  boolean wantsParts();

  /** Whether it keeps up; while it does not, the job's parts wait. */
  boolean hasRoom();
}
