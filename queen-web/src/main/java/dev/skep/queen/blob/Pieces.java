package dev.skep.queen.blob;

/** Where the pieces of one file are kept: {@link #SIZE} bytes each, the last one less. */
public interface Pieces {
  /** Bytes of one piece. */
  int SIZE = 1 << 20;

  /** A piece; empty when there is none of this number. */
  byte[] get(int number);

  /** Keeps a piece, durably; the second of two with one number changes nothing. */
  void put(int number, byte[] body);
}
