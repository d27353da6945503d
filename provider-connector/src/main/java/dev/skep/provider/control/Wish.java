package dev.skep.provider.control;

/** What the owner wants a connector to do. */
public enum Wish {
  /** Take jobs, within the hours of the limits. */
  RUN,
  /** Finish what is held and take nothing more, until further notice. */
  PAUSE,
  /** Finish what is held, leave, and end. */
  DRAIN
}
