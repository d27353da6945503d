package dev.skep.queen.dispatch;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * Stands for a payload that is kept elsewhere, in the places where inputs and outputs go as bytes.
 * Its form begins with a zero byte, which no JSON does, so that it is told apart without a further
 * column, query or branch for the small ones.
 *
 * @param id of its row
 * @param sha256 of its bytes, 64 lower-case hex digits
 */
public record BlobRef(UUID id, String sha256, long size) {
  private static final int LENGTH = 1 + 16 + 32 + 8;

  /** The bytes that go in the payload's place. */
  public byte[] mark() {
    return ByteBuffer.allocate(LENGTH)
        .put((byte) 0)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .put(HexFormat.of().parseHex(sha256))
        .putLong(size)
        .array();
  }

  public static boolean isMark(byte[] payload) {
    return payload.length == LENGTH && payload[0] == 0;
  }

  /** What the bytes stand for; empty when they are the payload itself. */
  public static Optional<BlobRef> of(byte[] payload) {
    if (!isMark(payload)) {
      return Optional.empty();
    }
    ByteBuffer mark = ByteBuffer.wrap(payload, 1, LENGTH - 1);
    UUID id = new UUID(mark.getLong(), mark.getLong());
    byte[] sha256 = new byte[32];
    mark.get(sha256);
    return Optional.of(new BlobRef(id, HexFormat.of().formatHex(sha256), mark.getLong()));
  }

  public byte[] sha256Bytes() {
    return HexFormat.of().parseHex(sha256);
  }
}
