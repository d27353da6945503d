package dev.skep.protocol.id;

import java.util.UUID;

/** Names one pool. */
public record PoolId(UUID value) implements Comparable<PoolId> {
  public static PoolId parse(String text) {
    return new PoolId(UuidForm.parse("pool", text));
  }

  /** The 16 bytes, most significant first. */
  public byte[] bytes() {
    return UuidForm.bytes(value);
  }

  @Override
  public int compareTo(PoolId other) {
    return UuidForm.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
