package dev.skep.persistence.ledger;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a writer committed since it started. */
public final class LedgerMeter {
  private final LongAdder groups = new LongAdder();
  private final LongAdder operations = new LongAdder();

  void committed(int size) {
    groups.increment();
    operations.add(size);
  }

  public long groups() {
    return groups.sum();
  }

  public long operations() {
    return operations.sum();
  }
}
