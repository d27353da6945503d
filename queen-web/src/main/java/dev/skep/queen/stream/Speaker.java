package dev.skep.queen.stream;

/** One stream of an attempt, as its job's relay sees it. */
interface Speaker {
  /** There may be room again for what it has to say; any thread may ask. */
  void pull();
}
