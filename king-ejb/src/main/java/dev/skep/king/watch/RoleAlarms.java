package dev.skep.king.watch;

import dev.skep.chain.ledger.LedgerEvent;
import dev.skep.king.problem.Problems;

/** What the other key did, as problems for the operator: only people can decide what to do next. */
final class RoleAlarms {
  private static final String PAUSE = "ledger pause";

  private final Problems problems;

  RoleAlarms(Problems problems) {
    this.problems = problems;
  }

  void look(LedgerEvent event) {
    if (event instanceof LedgerEvent.Paused) {
      problems.raise("ledger-paused", PAUSE, "the guardian stopped all but withdrawals");
    } else if (event instanceof LedgerEvent.Unpaused) {
      problems.resolve(PAUSE);
    } else if (event instanceof LedgerEvent.BlocksVetoed vetoed) {
      problems.raise(
          "blocks-vetoed",
          "block " + vetoed.first(),
          "the guardian threw out blocks " + vetoed.first() + " to " + vetoed.last());
    } else if (event instanceof LedgerEvent.HandoverProposed proposed) {
      problems.raise(
          "handover-proposed",
          "role " + proposed.role(),
          proposed.next()
              + " may become "
              + (proposed.role() == 0 ? "king" : "guardian")
              + " at "
              + proposed.acceptableAt()
              + "; king or guardian can cancel it");
    } else if (event instanceof LedgerEvent.DebitShort debit) {
      problems.raise(
          "debit-short",
          "pool " + debit.poolId(),
          "a block debited "
              + debit.debited()
              + " of "
              + debit.to()
              + "; the pool's next block debits the rest");
    }
  }
}
