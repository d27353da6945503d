package dev.skep.queen.pool;

import dev.skep.protocol.data.DataFile;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.blob.PiecedFile;
import dev.skep.queen.blob.Pieces;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The files that travel with pools, kept in pieces. */
public interface PoolFiles {
  /**
   * How far a file is.
   *
   * @param pieces how many of its pieces are here, without a gap
   * @param whole all of them are, and the bytes have the hash
   */
  record Standing(String sha256, long size, int pieces, boolean whole) {
    /** The bytes that are here. */
    long have() {
      return Math.min(size, (long) pieces * Pieces.SIZE);
    }

    JsonObject json() {
      return Json.createObjectBuilder()
          .add("sha256", sha256)
          .add("size", size)
          .add("have", have())
          .add("whole", whole)
          .build();
    }
  }

  Optional<Standing> find(PoolId pool, String sha256);

  List<Standing> list(PoolId pool);

  default PiecedFile file(PoolId pool, Standing standing) {
    return new PiecedFile(pieces(pool, standing.sha256()), standing.size(), standing.pieces());
  }

  /** The bytes of all files of a pool, here or still to come. */
  long total(PoolId pool);

  /** Whether this wallet fills a slot of the pool. */
  boolean serves(PoolId pool, WalletAddress provider);

  /** Notes files that are to come; one that is noted already is left as it is. */
  void declare(PoolId pool, Collection<DataFile> files);

  Pieces pieces(PoolId pool, String sha256);

  /** All pieces are here and the hash was checked. */
  void complete(PoolId pool, String sha256);

  /** Throws away what was brought of a file that is not whole. */
  void discard(PoolId pool, String sha256);

  /** What closed pools brought is nobody's any more. */
  void removeOfClosed();
}
