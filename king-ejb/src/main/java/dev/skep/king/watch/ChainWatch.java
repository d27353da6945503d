package dev.skep.king.watch;

import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.ledger.LedgerEvent;
import dev.skep.chain.proof.Hash32;
import dev.skep.king.problem.Problems;
import dev.skep.persistence.jdbc.Database;
import dev.skep.persistence.jdbc.Transaction;
import dev.skep.protocol.pool.PoolState;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what the ledger contract says, once it is safe: deposits open pools and enlarge their
 * budgets, requested withdrawals stop them. Events and cursor are one transaction, and every event
 * is known by its place on the chain, so reading a range again changes nothing.
 */
public final class ChainWatch {
  private static final long RANGE = 2000;
  private static final String POOL = "select id from pool where chain_pool_id = ? for update";
  private static final String DEPOSIT =
      "insert into deposit (tx_hash, log_index, chain_pool_id, pool_id, payer, amount,"
          + " block_number, block_hash) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
  private static final String CREDIT =
      "update pool set deposited = deposited + ?, version = version + 1,"
          + " state = case when state = ? then ? else state end where id = ?";
  private static final String WITHDRAWAL =
      "insert into withdrawal (tx_hash, log_index, pool_id, amount, block_number) values (?, ?, ?,"
          + " ?, ?) on conflict do nothing";
  private static final String CLAIM =
      "insert into claim (tx_hash, log_index, pool_id, provider, amount, cumulative, block_number,"
          + " voucher) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

  private final Database database;
  private final LedgerChain chain;
  private final long firstBlock;
  private final Problems problems;
  private final String cursor;
  private final RoleAlarms alarms;

  public ChainWatch(Database database, LedgerChain chain, long firstBlock, Problems problems) {
    this.database = database;
    this.chain = chain;
    this.firstBlock = firstBlock;
    this.problems = problems;
    this.alarms = new RoleAlarms(problems);
    this.cursor = "ledger:" + chain.contracts().ledger();
    PoolState.TRANSITIONS.check(PoolState.OPENING, PoolState.OPEN);
  }

  /** Reads up to the safe head, one range of blocks at a time. */
  public void run() {
    long safe = chain.heads().safe().number();
    long next = next();
    while (next <= safe) {
      long last = Math.min(safe, next + RANGE - 1);
      List<LedgerEvent> events = chain.events(next, last);
      database.run(
          tx -> {
            for (LedgerEvent event : events) {
              write(tx, event);
            }
            tx.change(
                "insert into chain_cursor (name, next_block) values (?, ?) on conflict (name) do"
                    + " update set next_block = excluded.next_block",
                cursor,
                last + 1);
          });
      checkBlocks(events);
      events.forEach(alarms::look);
      next = last + 1;
    }
  }

  private long next() {
    return database
        .call(
            tx ->
                tx.first(
                    "select next_block from chain_cursor where name = ?",
                    row -> row.number("next_block"),
                    cursor))
        .orElse(firstBlock);
  }

  private static void write(Transaction tx, LedgerEvent event) throws SQLException {
    if (event instanceof LedgerEvent.Deposited deposited) {
      credit(tx, deposited);
    } else if (event instanceof LedgerEvent.WithdrawRequested requested) {
      tx.change(
          "update pool set withdraw_requested = ?, version = version + 1 where chain_pool_id = ?",
          !requested.amount().isZero(),
          requested.poolId().bytes());
    } else if (event instanceof LedgerEvent.Withdrawn withdrawn) {
      debit(tx, withdrawn);
    } else if (event instanceof LedgerEvent.Claimed claimed) {
      claim(tx, claimed, false);
    } else if (event instanceof LedgerEvent.Redeemed redeemed) {
      claim(tx, asClaim(redeemed), true);
    }
  }

  private static void credit(Transaction tx, LedgerEvent.Deposited event) throws SQLException {
    Optional<UUID> pool = pool(tx, event.poolId());
    LedgerEvent.Place place = event.place();
    int fresh =
        tx.change(
            DEPOSIT,
            place.transaction().bytes(),
            place.logIndex(),
            event.poolId().bytes(),
            nullable(pool),
            event.payer(),
            event.amount(),
            place.block().number(),
            place.block().hash().bytes());
    if (fresh == 1 && pool.isPresent()) {
      tx.change(CREDIT, event.amount(), PoolState.OPENING, PoolState.OPEN, pool.get());
    }
  }

  private static void debit(Transaction tx, LedgerEvent.Withdrawn event) throws SQLException {
    Optional<UUID> pool = pool(tx, event.poolId());
    LedgerEvent.Place place = event.place();
    if (pool.isPresent()
        && tx.change(
                WITHDRAWAL,
                place.transaction().bytes(),
                place.logIndex(),
                pool.get(),
                event.amount(),
                place.block().number())
            == 1) {
      tx.change(
          "update pool set deposited = deposited - ?, withdraw_requested = false, version = version"
              + " + 1 where id = ?",
          event.amount(),
          pool.get());
    }
  }

  private static LedgerEvent.Claimed asClaim(LedgerEvent.Redeemed event) {
    return new LedgerEvent.Claimed(
        event.place(), event.poolId(), event.provider(), event.amount(), event.cumulative());
  }

  private static void claim(Transaction tx, LedgerEvent.Claimed event, boolean voucher)
      throws SQLException {
    LedgerEvent.Place place = event.place();
    tx.change(
        CLAIM,
        place.transaction().bytes(),
        place.logIndex(),
        nullable(pool(tx, event.poolId())),
        event.provider(),
        event.amount(),
        event.cumulative(),
        place.block().number(),
        voucher);
  }

  /** A block on the chain that is not ours means that somebody else has the king's key. */
  private void checkBlocks(List<LedgerEvent> events) {
    for (LedgerEvent event : events) {
      if (event instanceof LedgerEvent.BlockFinalized sealed && !isOurs(sealed)) {
        problems.raise(
            "foreign-block",
            "block " + sealed.number(),
            "the ledger has block "
                + sealed.number()
                + " with hash "
                + sealed.hash()
                + ", which this king did not make");
      }
    }
  }

  private boolean isOurs(LedgerEvent.BlockFinalized sealed) {
    return database
        .call(
            tx ->
                tx.first(
                    "select hash from block where number = ?",
                    row -> row.bytes("hash"),
                    sealed.number()))
        .filter(hash -> Arrays.equals(hash, sealed.hash().bytes()))
        .isPresent();
  }

  private static Optional<UUID> pool(Transaction tx, Hash32 chainPoolId) throws SQLException {
    return tx.first(POOL, row -> row.uuid("id"), (Object) chainPoolId.bytes());
  }

  private static @Nullable UUID nullable(Optional<UUID> pool) {
    return pool.isPresent() ? pool.get() : null;
  }
}
