package dev.skep.queen.blob;

import java.util.List;

/** Pieces in memory. */
public record FakePieces(List<byte[]> kept) implements Pieces {
  @Override
  public byte[] get(int number) {
    return number < kept.size() ? kept.get(number) : new byte[0];
  }

  @Override
  public void put(int number, byte[] body) {
    if (number == kept.size()) {
      kept.add(body);
    }
  }
}
