package dev.skep.queen.blob;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.dispatch.BlobRef;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Inputs and outputs that are too long for a message. */
public interface Blobs {
  /**
   * Whose a blob is.
   *
   * @param output the attempt that brings it as its output; null for an input
   */
  record Origin(PoolId pool, WalletAddress bringer, @Nullable AttemptRef output) {}

  /** How far a blob is. */
  record Standing(BlobRef ref, int pieces, boolean whole) {}

  /** What an attempt brought under this hash. */
  Optional<Standing> output(AttemptRef attempt, String sha256);

  /** Notes one that is to come. */
  BlobRef add(Origin origin, String sha256, long size);

  Pieces pieces(UUID id);

  /** All pieces are here and the hash was checked. */
  void complete(UUID id);

  /** A job has it from now on: it stays as long as payloads do. */
  void use(UUID id);

  void remove(UUID id);

  /** Bytes of all blobs of a pool. */
  long held(PoolId pool);

  /** Bytes of the inputs that this wallet brought and that are still kept. */
  long held(WalletAddress bringer);

  /** Removes what no job has: brought an hour ago and never used, or the output of a loser. */
  int sweep();
}
