package dev.skep.queen.pool;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.function.IntFunction;

/** The pieces of a file one after the other, each fetched when the one before is read. */
final class PieceStream extends InputStream {
  private final IntFunction<byte[]> pieces;
  private int number;
  private ByteArrayInputStream piece;

  /**
   * Reads on from an offset of the file.
   *
   * @param pieces a piece by its number; empty when there is none
   */
  PieceStream(IntFunction<byte[]> pieces, long offset) {
    this.pieces = pieces;
    this.number = (int) (offset / PoolFiles.PIECE);
    byte[] first = pieces.apply(number);
    int skipped = (int) Math.min(first.length, offset % PoolFiles.PIECE);
    this.piece = new ByteArrayInputStream(first, skipped, first.length - skipped);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int from, int most) {
    if (most == 0) {
      return 0;
    }
    int count = piece.read(to, from, most);
    while (count < 0) {
      byte[] next = pieces.apply(++number);
      if (next.length == 0) {
        number--;
        return -1;
      }
      piece = new ByteArrayInputStream(next);
      count = piece.read(to, from, most);
    }
    return count;
  }
}
