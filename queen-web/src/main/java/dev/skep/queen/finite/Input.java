package dev.skep.queen.finite;

import dev.skep.queen.dispatch.Submission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * One input of a finite pool.
 *
 * @param number from 1
 * @param nextByte where the next one begins in the file
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on the hot path, never compared as a value
record Input(int number, byte[] text, long nextByte) {
  /**
   * The key of its job: the same after every death of the server. Clients cannot send a blank in a
   * key, so none of theirs is like it.
   *
   * @param again how many jobs of this input failed by others' fault
   */
  Submission.IdempotencyKey key(int again) {
    String key = "input " + number + (again == 0 ? "" : " again " + again);
    return new Submission.IdempotencyKey(key, sha256());
  }

  private byte[] sha256() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
