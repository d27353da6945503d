package dev.skep.king.settlement;

import dev.skep.chain.ledger.LedgerCalls;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.ledger.Room;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Fees;
import dev.skep.king.outbox.Outbox;
import dev.skep.king.outbox.Purpose;
import dev.skep.king.outbox.Signer;
import dev.skep.king.problem.Problems;
import dev.skep.persistence.jdbc.Database;
import dev.skep.persistence.jdbc.Transaction;
import dev.skep.protocol.id.PoolId;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the next block: rows, postings and the signed transaction with its nonce are one commit, so
 * that after a crash there is all of it or nothing. One block is on its way at a time, and none is
 * made without receipts.
 */
final class Sealing {
  private static final long BASE_GAS = 300_000;
  private static final long GAS_PER_DEBIT = 60_000;
  private static final long GAS_PER_LEAF = 8_000;

  /** Pools of which not all receipts fit into a block. */
  private record Waiting(Set<PoolId> overdrawn, Set<PoolId> capped) {
    static final Waiting NONE = new Waiting(Set.of(), Set.of());
  }

  private final Database database;
  private final LedgerChain chain;
  private final Outbox outbox;
  private final Signer king;
  private final Problems problems;
  private final LedgerCalls calls;
  private final long chainId;

  Sealing(
      Database database,
      LedgerChain chain,
      Outbox outbox,
      Signer king,
      Problems problems,
      long chainId) {
    this.database = database;
    this.chain = chain;
    this.outbox = outbox;
    this.king = king;
    this.problems = problems;
    this.chainId = chainId;
    this.calls = new LedgerCalls(chain.contracts());
  }

  /** Returns whether a block was made. */
  boolean run() {
    Fees fees = chain.fees();
    Waiting waiting = database.call(tx -> seal(tx, fees));
    say(
        waiting.overdrawn(),
        "pool-overdrawn",
        "its receipts exceed its deposit; they wait until it is funded");
    say(
        waiting.capped(),
        "pool-capped",
        "its receipts exceed what its owner lets be taken in an epoch; they wait for the next");
    return true;
  }

  private void say(Set<PoolId> pools, String code, String why) {
    pools.forEach(pool -> problems.raise(code, "pool " + pool, why));
  }

  private Waiting seal(Transaction tx, Fees fees) throws SQLException {
    outbox.nextNonce(tx, chain, king.address());
    if (BlockRows.hasBlockOnTheWay(tx)) {
      return Waiting.NONE;
    }
    List<Due> due = BlockRows.due(tx);
    if (due.isEmpty()) {
      return Waiting.NONE;
    }
    Draft draft = Draft.of(BlockRows.standing(tx).with(rooms(due)), due);
    if (!draft.isEmpty()) {
      write(tx, draft, fees);
    }
    return new Waiting(draft.overdrawn(), draft.capped());
  }

  /** Asked while no block of ours is on its way, so that the next debits start from there. */
  private Map<PoolId, Room> rooms(List<Due> due) {
    Map<PoolId, Hash32> ids = new HashMap<>();
    due.forEach(each -> ids.put(each.pool(), each.chainPoolId()));
    Map<Hash32, Room> known = chain.rooms(ids.values());
    Map<PoolId, Room> rooms = new HashMap<>();
    ids.forEach((pool, id) -> rooms.put(pool, known.getOrDefault(id, Room.NONE)));
    return rooms;
  }

  private void write(Transaction tx, Draft draft, Fees fees) throws SQLException {
    Call call = calls.finalizeBlock(draft.header(), draft.body());
    // Asked while the receipts are locked: a block that would revert must not get a number.
    chain.estimateGas(king.address(), call);
    String number = Long.toString(draft.header().number());
    Outbox.Stored stored =
        outbox.store(tx, king, new Outbox.Order(Purpose.BLOCK, number, call, gas(draft), fees));
    Hash32 hash = draft.header().hash(chainId, chain.contracts().ledger());
    BlockRows.write(tx, draft, hash, king.sign(hash), stored.id());
  }

  private static long gas(Draft draft) {
    return BASE_GAS
        + GAS_PER_DEBIT * draft.body().debits().size()
        + GAS_PER_LEAF * draft.body().leaves().size();
  }
}
