package dev.skep.king.settlement;

import dev.skep.chain.identity.Signature;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.ReceiptLeaf;
import dev.skep.persistence.jdbc.Row;
import dev.skep.persistence.jdbc.Transaction;
import dev.skep.protocol.block.BlockState;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a block is made of and writes the rows it consists of; always inside the caller's
 * transaction.
 */
final class BlockRows {
  private static final int MOST_RECEIPTS = 5000;
  private static final String DUE =
      "select r.job_id, r.attempt, r.pool_id, p.chain_pool_id, r.provider, r.amount,"
          + " r.result_sha256 from receipt r join pool p on p.id = r.pool_id where r.block_number"
          + " is null and r.amount > 0 order by r.job_id, r.attempt limit ? for update of r skip"
          + " locked";
  private static final String EARNED =
      "select distinct on (e.pool_id, e.provider) e.pool_id, e.provider, p.chain_pool_id,"
          + " e.cumulative from earning e join pool p on p.id = e.pool_id order by e.pool_id,"
          + " e.provider, e.block_number desc";
  private static final String REDEEMED =
      "select pool_id, provider, amount, cumulative from claim where voucher and pool_id is not"
          + " null";
  private static final String DEPOSITED =
      "select id, deposited from pool where id in (select pool_id from receipt where block_number"
          + " is null) for share";
  private static final String HEAD = "select number, hash from block order by number desc limit 1";
  private static final String BLOCK =
      "insert into block (number, parent_hash, hash, root, receipts_root, data_hash,"
          + " king_signature, receipts, state, tx_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String SETTLE =
      "update receipt set block_number = ? where job_id = ? and attempt = ? and block_number is"
          + " null";

  /** The newest block, its hash. */
  private record Head(long number, Hash32 hash) {}

  private BlockRows() {}

  static boolean hasBlockOnTheWay(Transaction tx) throws SQLException {
    return tx.first(
            "select number from block where state in (?, ?) limit 1",
            row -> row.number("number"),
            BlockState.SEALED,
            BlockState.SENT)
        .isPresent();
  }

  /** Receipts without a block, oldest first, locked. */
  static List<Due> due(Transaction tx) throws SQLException {
    return tx.list(DUE, BlockRows::dueOf, MOST_RECEIPTS);
  }

  static Standing standing(Transaction tx) throws SQLException {
    Head head =
        tx.first(HEAD, row -> new Head(row.number("number"), Hash32.of(row.bytes("hash"))))
            .orElse(new Head(0, Hash32.ZERO));
    Map<Account, EarningLeaf> earned = new HashMap<>();
    for (Map.Entry<Account, EarningLeaf> each : tx.list(EARNED, BlockRows::earnedOf)) {
      earned.put(each.getKey(), each.getValue());
    }
    return new Standing(
        head.number(),
        head.hash(),
        earned,
        redeemed(tx),
        amounts(tx, DEPOSITED, "id", "deposited"),
        Map.of());
  }

  private static Map<Account, List<Standing.Redeemed>> redeemed(Transaction tx)
      throws SQLException {
    Map<Account, List<Standing.Redeemed>> redeemed = new HashMap<>();
    for (Map.Entry<Account, Standing.Redeemed> each : tx.list(REDEEMED, BlockRows::redeemedOf)) {
      redeemed.computeIfAbsent(each.getKey(), account -> new ArrayList<>()).add(each.getValue());
    }
    return redeemed;
  }

  private static Map.Entry<Account, Standing.Redeemed> redeemedOf(Row row) throws SQLException {
    Account account = new Account(new PoolId(row.uuid("pool_id")), row.address("provider"));
    TokenAmount to = row.amount("cumulative");
    return Map.entry(account, new Standing.Redeemed(to.minus(row.amount("amount")), to));
  }

  static void write(Transaction tx, Draft draft, Hash32 hash, Signature signature, UUID outboxId)
      throws SQLException {
    long number = draft.header().number();
    tx.change(
        BLOCK,
        number,
        draft.header().parentHash().bytes(),
        hash.bytes(),
        draft.header().root().bytes(),
        draft.header().receiptsRoot().bytes(),
        draft.header().dataHash().bytes(),
        signature.bytes(),
        draft.receipts().size(),
        BlockState.SEALED,
        outboxId);
    writeDebits(tx, draft, number);
    writeEarnings(tx, draft, number);
    writePostings(tx, draft, number);
    List<@Nullable Object[]> settled = new ArrayList<>();
    draft
        .receipts()
        .forEach(
            due -> settled.add(row(number, attempt(due).job().value(), attempt(due).number())));
    tx.changeAll(SETTLE, settled);
  }

  private static void writeDebits(Transaction tx, Draft draft, long number) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    draft
        .debits()
        .forEach(
            (pool, cumulative) ->
                rows.add(row(number, pool.value(), draft.debited(pool), cumulative)));
    tx.changeAll(
        "insert into block_debit (block_number, pool_id, debited, cumulative) values (?, ?, ?, ?)",
        rows);
  }

  private static void writeEarnings(Transaction tx, Draft draft, long number) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    draft
        .changed()
        .forEach(
            (account, leaf) ->
                rows.add(
                    row(
                        account.pool().value(),
                        account.provider(),
                        number,
                        leaf.cumulative(),
                        draft.proof(leaf))));
    tx.changeAll(
        "insert into earning (pool_id, provider, block_number, cumulative, proof) values (?, ?, ?,"
            + " ?, ?)",
        rows);
  }

  /** Double entry: what the pool's account loses the provider's gains. */
  private static void writePostings(Transaction tx, Draft draft, long number) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    draft
        .earned()
        .forEach(
            (account, amount) -> {
              UUID pool = account.pool().value();
              rows.add(
                  row(number, "pool:" + pool, pool, account.provider(), amount.value().negate()));
              rows.add(
                  row(
                      number,
                      "provider:" + account.provider(),
                      pool,
                      account.provider(),
                      amount.value()));
            });
    tx.changeAll(
        "insert into posting (block_number, account, pool_id, provider, amount) values (?, ?, ?, ?,"
            + " ?)",
        rows);
  }

  private static @Nullable Object[] row(@Nullable Object... columns) {
    return columns;
  }

  private static AttemptRef attempt(Due due) {
    return due.leaf().attempt();
  }

  private static Due dueOf(Row row) throws SQLException {
    ReceiptLeaf leaf =
        new ReceiptLeaf(
            new AttemptRef(new JobId(row.uuid("job_id")), (int) row.number("attempt")),
            Hash32.of(row.bytes("chain_pool_id")),
            row.address("provider"),
            row.amount("amount"),
            Hash32.of(row.bytes("result_sha256")));
    return new Due(new PoolId(row.uuid("pool_id")), leaf);
  }

  private static Map.Entry<Account, EarningLeaf> earnedOf(Row row) throws SQLException {
    Account account = new Account(new PoolId(row.uuid("pool_id")), row.address("provider"));
    return Map.entry(
        account,
        new EarningLeaf(
            Hash32.of(row.bytes("chain_pool_id")), account.provider(), row.amount("cumulative")));
  }

  private static Map<PoolId, TokenAmount> amounts(
      Transaction tx, String sql, String id, String amount) throws SQLException {
    Map<PoolId, TokenAmount> amounts = new HashMap<>();
    for (Map.Entry<PoolId, TokenAmount> each :
        tx.list(sql, row -> Map.entry(new PoolId(row.uuid(id)), row.amount(amount)))) {
      amounts.put(each.getKey(), each.getValue());
    }
    return amounts;
  }
}
