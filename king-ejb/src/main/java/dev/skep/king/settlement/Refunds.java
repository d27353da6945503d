package dev.skep.king.settlement;

import dev.skep.chain.ledger.LedgerCalls;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.ledger.PoolAccount;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Fees;
import dev.skep.king.outbox.Outbox;
import dev.skep.king.outbox.Purpose;
import dev.skep.king.outbox.Signer;
import dev.skep.king.problem.Problems;
import dev.skep.persistence.jdbc.Database;
import dev.skep.persistence.jdbc.Row;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.TokenAmount;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Sends what a completed pool has left home to its owner: asks for it once all its earnings are
 * safe, and sends it when the ledger's delay is over. One transaction of a pool is on its way at a
 * time; where the last one led is asked of the chain, so a turn that died is simply done again.
 */
final class Refunds {
  private static final int MOST = 50;

  /** The chain's clock stands still between its blocks. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final String COMPLETED =
      """
      select p.id, p.chain_pool_id, o.debits, (select count(*) from chain_tx t
          where t.purpose = 'REFUND' and t.ref like p.id || ':%') as sent
      from pool p cross join lateral (select
          coalesce((select max(cumulative) from block_debit where pool_id = p.id), 0) as debits,
          coalesce((select sum(amount) from claim where voucher and pool_id = p.id), 0) as redeemed) o
      where p.state = 'COMPLETED' and p.deposited > o.debits + o.redeemed
        and not exists (select 1 from job j
          where j.pool_id = p.id and j.state in ('QUEUED', 'LEASED'))
        and not exists (select 1 from receipt r
          where r.pool_id = p.id and r.block_number is null)
        and not exists (select 1 from block_debit d join block b on b.number = d.block_number
          where d.pool_id = p.id and b.state not in ('SAFE', 'FINAL'))
        and not exists (select 1 from chain_tx t where t.purpose = 'REFUND'
          and t.ref like p.id || ':%' and t.state in ('STORED', 'SENT', 'MINED', 'REVERTED'))
      order by p.id limit ?
      """;

  /**
   * A pool with something left.
   *
   * @param debits what blocks asked of it in all; the ledger may have given less
   * @param sent the transactions it took so far
   */
  private record Pool(UUID id, Hash32 chainId, TokenAmount debits, long sent) {
    static Pool read(Row row) throws SQLException {
      return new Pool(
          row.uuid("id"),
          Hash32.of(row.bytes("chain_pool_id")),
          row.amount("debits"),
          row.number("sent"));
    }

    /** What is the owner's: not what a later block has to debit still. */
    TokenAmount left(PoolAccount account) {
      TokenAmount owed = debits.minus(debits.min(account.debited()));
      return account.rest().minus(owed.min(account.rest()));
    }
  }

  private final Database database;
  private final LedgerChain chain;
  private final Outbox outbox;
  private final Signer king;
  private final Problems problems;
  private final LedgerCalls calls;

  Refunds(Database database, LedgerChain chain, Outbox outbox, Signer king, Problems problems) {
    this.database = database;
    this.chain = chain;
    this.outbox = outbox;
    this.king = king;
    this.problems = problems;
    this.calls = new LedgerCalls(chain.contracts());
  }

  void run(Clock clock) {
    List<Pool> pools = database.call(tx -> tx.list(COMPLETED, Pool::read, MOST));
    for (Pool pool : pools) {
      String ref = "refund of pool " + pool.id();
      try {
        chain.pool(pool.chainId()).ifPresent(account -> move(pool, account, clock.instant()));
        problems.resolve(ref);
      } catch (SkepException e) {
        if (e.isRetryable()) {
          throw e;
        }
        problems.raise(e.code(), ref, e.getMessage());
      }
    }
  }

  private void move(Pool pool, PoolAccount account, Instant now) {
    Instant at = account.withdrawAt();
    TokenAmount left = pool.left(account);
    if (at == null && !left.isZero()) {
      send(pool, calls.requestWithdraw(pool.chainId(), left));
    } else if (at != null && at.plus(MARGIN).isBefore(now)) {
      send(pool, calls.withdraw(pool.chainId()));
    }
  }

  private void send(Pool pool, Call call) {
    long gas = chain.estimateGas(king.address(), call);
    Fees fees = chain.fees();
    String ref = pool.id() + ":" + pool.sent();
    Outbox.Order order = new Outbox.Order(Purpose.REFUND, ref, call, gas + gas / 4 + 50_000, fees);
    database.run(
        tx -> {
          outbox.nextNonce(tx, chain, king.address());
          outbox.store(tx, king, order);
        });
  }
}
