package dev.skep.protocol.id;

import java.util.UUID;

/** Names one job. */
public record JobId(UUID value) implements Comparable<JobId> {
  public static JobId parse(String text) {
    return new JobId(UuidForm.parse("job", text));
  }

  /** The 16 bytes, most significant first. */
  public byte[] bytes() {
    return UuidForm.bytes(value);
  }

  @Override
  public int compareTo(JobId other) {
    return UuidForm.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
