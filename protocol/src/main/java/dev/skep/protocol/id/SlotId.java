package dev.skep.protocol.id;

import java.util.UUID;

/** Names one slot. */
public record SlotId(UUID value) implements Comparable<SlotId> {
  public static SlotId parse(String text) {
    return new SlotId(UuidForm.parse("slot", text));
  }

  /** The 16 bytes, most significant first. */
  public byte[] bytes() {
    return UuidForm.bytes(value);
  }

  @Override
  public int compareTo(SlotId other) {
    return UuidForm.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
