package dev.skep.persistence.ledger;

/** Whether a write took effect. */
public enum LedgerOutcome {
  /** Committed. */
  WRITTEN,
  /** The job or attempt had gone on before; nothing was written. */
  LATE
}
