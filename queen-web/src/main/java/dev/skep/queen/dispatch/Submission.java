package dev.skep.queen.dispatch;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import org.jspecify.annotations.Nullable;

/** A client's wish to run a job with this input; access was checked before. */
@SuppressWarnings("ArrayRecordComponent") // bytes on the hot path, never compared as a value
public record Submission(
    PoolId pool, WalletAddress client, byte[] input, @Nullable IdempotencyKey key, Hearing heard) {

  /** A job whose answer alone is wanted. */
  public Submission(PoolId pool, WalletAddress client, byte[] input, @Nullable IdempotencyKey key) {
    this(pool, client, input, key, Hearing.ANSWER);
  }

  /** The same job with another audience. */
  public Submission heardAs(Hearing wish) {
    return new Submission(pool, client, input, key, wish);
  }

  /** The client's name for the job, with the hash of what it asked. */
  public record IdempotencyKey(String key, byte[] requestSha256) {}
}
