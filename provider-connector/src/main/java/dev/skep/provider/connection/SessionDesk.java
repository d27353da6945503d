package dev.skep.provider.connection;

/**
 * The queen's counter where sessions are opened and slots are taken. Every call may throw the
 * queen's refusal or {@code queen-unreachable}.
 */
public interface SessionDesk {
  /** Signs in with the wallet and opens a new session. */
  SessionGrant open();

  /**
   * Takes slots of the pool for a session, all or none.
   *
   * @param count how many, at least 1
   */
  Placement takeSlots(SessionGrant grant, int count);

  /** Gives back a slot that was taken but is not filled. */
  void giveBack(SessionGrant grant, dev.skep.protocol.id.SlotId slot);

  /** Ends a session in order: its slots are left at once, without waiting for its lease. */
  void end(SessionGrant grant);
}
