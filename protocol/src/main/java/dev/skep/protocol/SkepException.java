package dev.skep.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The one unchecked exception of Skep: what went wrong, whose fault it is, whether a retry helps
 * and what to do next.
 *
 * <p>Written fluently where it is thrown: {@code throw SkepException.of("pool-not-found",
 * 404).because("...").hint("...")}. Unless said otherwise a status below 500 is the caller's fault,
 * and 429, 503 and 504 may be retried.
 */
public final class SkepException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;
  private Fault fault;
  private boolean retryable;
  private String detail;
  private @Nullable String hint;

  private SkepException(String code, int status) {
    super(code);
    this.code = code;
    this.status = status;
    this.detail = code;
    this.fault = status < 500 ? Fault.CALLER : Fault.PLATFORM;
    this.retryable = status == 429 || status == 503 || status == 504;
  }

  /** Starts a problem; {@code code} is a kebab-case word, {@code status} an HTTP status. */
  public static SkepException of(String code, int status) {
    return new SkepException(code, status);
  }

  public SkepException fault(Fault whose) {
    this.fault = whose;
    return this;
  }

  public SkepException retryable(boolean mayRetry) {
    this.retryable = mayRetry;
    return this;
  }

  /** What happened and why, in one sentence. */
  public SkepException because(String what) {
    this.detail = what;
    return this;
  }

  /** What the reader should do next. */
  public SkepException hint(@Nullable String next) {
    this.hint = next;
    return this;
  }

  public SkepException causedBy(Throwable cause) {
    initCause(cause);
    return this;
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  public Fault fault() {
    return fault;
  }

  public boolean isRetryable() {
    return retryable;
  }

  public @Nullable String hint() {
    return hint;
  }

  @Override
  public String getMessage() {
    return detail;
  }

  @Override
  public String toString() {
    return code + " (" + fault + "): " + detail + (hint == null ? "" : " " + hint);
  }

  public Problem problem() {
    return new Problem(code, status, detail, fault, retryable, hint, null);
  }
}
