package dev.skep.queen.blob;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One file in pieces, on its way in and out; never more than one of them is in memory.
 *
 * @param here how many pieces were here before, without a gap
 */
public record PiecedFile(Pieces pieces, long size, int here) {

  /** The bytes that were here before. */
  public long have() {
    return Math.min(size, (long) here * Pieces.SIZE);
  }

  /**
   * Keeps the whole pieces of what comes, which begins {@code from} bytes into the file; true when
   * the file's last piece is here.
   */
  public boolean take(InputStream bytes, long from) throws IOException {
    int number = here;
    long have = have();
    if (!skip(bytes, have - from)) {
      return have == size;
    }
    while (have < size) {
      int wanted = (int) Math.min(Pieces.SIZE, size - have);
      byte[] piece = bytes.readNBytes(wanted);
      if (piece.length < wanted) {
        return false;
      }
      pieces.put(number++, piece);
      have += wanted;
    }
    return true;
  }

  /** Passes over what is here already. */
  private static boolean skip(InputStream bytes, long count) throws IOException {
    try {
      bytes.skipNBytes(count);
      return true;
    } catch (EOFException e) {
      return false;
    }
  }

  /** Of what is kept now, as lower-case hex. */
  public String sha256() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      write(0, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** All of it, when it is not longer than that. */
  public byte[] bytes(int most) throws IOException {
    if (size > most) {
      throw new IllegalArgumentException("it is longer than " + most + " bytes");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream((int) size);
    write(0, all);
    return all.toByteArray();
  }

  /** Writes the bytes that are kept from an offset on, one piece at a time. */
  public void write(long offset, OutputStream to) throws IOException {
    int skip = (int) (offset % Pieces.SIZE);
    int number = (int) (offset / Pieces.SIZE);
    byte[] piece = pieces.get(number);
    while (piece.length > 0) {
      to.write(piece, skip, Math.max(0, piece.length - skip));
      skip = 0;
      piece = pieces.get(++number);
    }
  }
}
