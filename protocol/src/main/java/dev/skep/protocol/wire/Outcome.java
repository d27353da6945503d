package dev.skep.protocol.wire;

/** How an attempt ended, as the wire spells it. */
enum Outcome {
  OK,
  FAILED
}
