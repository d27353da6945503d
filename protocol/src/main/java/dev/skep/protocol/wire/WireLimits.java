package dev.skep.protocol.wire;

/** Hard caps of the wire; both sides refuse more before they allocate anything. */
public final class WireLimits {
  /**
   * Largest body of one message: the largest output with its log and header fits. The broker's own
   * limit must be above it.
   */
  public static final int MAX_BODY = 1408 << 10;

  /** Largest JSON header inside a body. */
  public static final int MAX_HEADER = 1 << 20;

  /** Largest input of one job. */
  public static final int MAX_INPUT = 256 << 10;

  /** Largest output of one attempt. */
  public static final int MAX_OUTPUT = 1 << 20;

  /** Largest payload of one job, in either direction, over HTTPS. */
  public static final int MAX_BLOB = 64 << 20;

  /** Payloads above this travel as blobs, where both sides know them. */
  public static final int BLOB_FROM = 256 << 10;

  /** Largest log of one attempt, in UTF-8 bytes. */
  public static final int MAX_LOG = 64 << 10;

  /** Most items of one list in a header. */
  public static final int MAX_ITEMS = 4096;

  /** Most offers in flight that one slot may ask for. */
  public static final int MAX_CREDITS = 1024;

  /** Senders that collect several items close a message when its payload passes this. */
  public static final int BATCH_BYTES = 1 << 20;

  /** Longest run that a limit or a report may name: a day. */
  public static final long MAX_RUN_MILLIS = 86_400_000L;

  private WireLimits() {}
}
