package dev.skep.queen.pool;

import dev.skep.protocol.id.PoolId;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The pieces of one file, in and out; never more than one of them is in memory. */
record FilePieces(PoolFiles files, PoolId pool, PoolFiles.Standing before) {

  /** Keeps the whole pieces of what comes; true when the file's last one is here. */
  boolean take(PoolFileBook.Upload upload) throws IOException {
    int number = before.pieces();
    long have = before.have();
    if (!skip(upload.bytes(), have - upload.from())) {
      return have == before.size();
    }
    while (have < before.size()) {
      int wanted = (int) Math.min(PoolFiles.PIECE, before.size() - have);
      byte[] piece = upload.bytes().readNBytes(wanted);
      if (piece.length < wanted) {
        return false;
      }
      files.addPiece(pool, before.sha256(), number++, piece);
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
  String sha256() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      write(0, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** All of it, when it is not longer than that. */
  byte[] bytes(int most) throws IOException {
    if (before.size() > most) {
      throw new IllegalArgumentException("it is longer than " + most + " bytes");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream((int) before.size());
    write(0, all);
    return all.toByteArray();
  }

  /** Writes the bytes that are kept from an offset on, one piece at a time. */
  void write(long offset, OutputStream to) throws IOException {
    open(offset).transferTo(to);
  }

  /** Reads them. */
  InputStream open(long offset) {
    return files.open(pool, before.sha256(), offset);
  }
}
