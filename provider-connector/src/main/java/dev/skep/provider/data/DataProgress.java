package dev.skep.provider.data;

/** Hears how far a data set is. */
@FunctionalInterface
public interface DataProgress {
  /** {@code done} of {@code total} bytes are here. */
  void at(long done, long total);
}
