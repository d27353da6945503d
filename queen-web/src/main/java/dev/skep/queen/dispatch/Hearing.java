package dev.skep.queen.dispatch;

/** What is wanted of a job while it runs. */
public enum Hearing {
  /** Nothing: its answer is enough, and its workers are not even asked to tell more. */
  ANSWER,
  /** Its log and progress, should somebody follow them. */
  LOG,
  /** Its parts too: a client listens from the start. */
  PARTS
}
