package dev.skep.provider.runtime;

/**
 * One thing about this machine that its owner should know, and what to do about it.
 *
 * @param code stable, kebab case
 */
public record Finding(Severity severity, String code, String message, String fix) {

  /** The fix of what is in order. */
  public static final String NOTHING = "Nothing to do.";

  /** How much it matters. */
  public enum Severity {
    /** Nothing to do. */
    INFO,
    /** Jobs run, but with one wall less than there could be. */
    WARNING,
    /** No job can run. */
    BLOCKING
  }
}
