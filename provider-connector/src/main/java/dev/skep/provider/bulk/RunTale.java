package dev.skep.provider.bulk;

import dev.skep.protocol.SkepException;

/** Hears how a run goes. Called from several threads. */
public interface RunTale {
  /** A further answer is in the output. */
  void written(RunMark at);

  /** The run waits: why, and what may be done about it. */
  void waiting(SkepException why);
}
