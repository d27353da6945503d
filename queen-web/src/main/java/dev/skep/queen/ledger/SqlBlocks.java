package dev.skep.queen.ledger;

import dev.skep.chain.proof.Debit;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Hex;
import dev.skep.chain.proof.MerkleTree;
import dev.skep.chain.proof.ReceiptLeaf;
import dev.skep.protocol.block.BlockState;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.sql.Row;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The king's rows. */
@ApplicationScoped
public class SqlBlocks implements Blocks {
  private static final String BLOCK =
      "select b.number, b.parent_hash, b.hash, b.root, b.receipts_root, b.data_hash, b.receipts,"
          + " b.state, b.sealed_at, b.included_at, b.final_at, t.hash as tx_hash"
          + " from block b left join chain_tx t on t.id = b.tx_id";
  private static final String RECEIPT =
      "select r.job_id, r.attempt, r.pool_id, p.chain_pool_id, r.provider, r.amount,"
          + " r.result_sha256, r.block_number from receipt r join pool p on p.id = r.pool_id";
  private static final String EARNING =
      "select e.pool_id, p.chain_pool_id, e.provider, e.block_number, b.state, e.cumulative,"
          + " e.proof from earning e join pool p on p.id = e.pool_id"
          + " join block b on b.number = e.block_number";
  private static final String UNSETTLED =
      """
      select (select sum(r.amount) from receipt r
          where r.provider = ? and r.block_number is null) as waiting,
        (select sum(r.amount) from block b join receipt r on r.block_number = b.number
          where b.state not in ('SAFE', 'FINAL') and r.provider = ?) as unsafe
      """;

  @Inject Sql sql;

  @Override
  public List<BlockView> list(long below, int limit) {
    return sql.list(
        BLOCK + " where b.number < ? order by b.number desc limit ?",
        SqlBlocks::block,
        below,
        limit);
  }

  @Override
  public Optional<BlockView> find(long number) {
    return sql.first(BLOCK + " where b.number = ?", SqlBlocks::block, number);
  }

  @Override
  public List<Debit> debits(long number) {
    return sql.list(
        "select p.chain_pool_id, d.debited, d.cumulative from block_debit d join pool p on p.id ="
            + " d.pool_id where d.block_number = ? order by p.chain_pool_id",
        row ->
            new Debit(
                Hash32.of(row.bytes("chain_pool_id")),
                row.amount("debited"),
                row.amount("cumulative")),
        number);
  }

  @Override
  public List<ProvenEarning> earnings(long number) {
    return sql.list(
        EARNING + " where e.block_number = ? order by p.chain_pool_id, e.provider",
        SqlBlocks::earning,
        number);
  }

  @Override
  public List<ReceiptLeaf> receipts(long number) {
    return sql.list(RECEIPT + " where r.block_number = ?", SqlBlocks::receipt, number);
  }

  @Override
  public List<SettledReceipt> settled(JobId job) {
    return sql.list(
        RECEIPT + " where r.job_id = ? and r.block_number is not null order by r.attempt",
        row -> new SettledReceipt(row.text("pool_id"), receipt(row), row.number("block_number")),
        job);
  }

  @Override
  public List<ProvenEarning> earnings(WalletAddress provider) {
    return sql.list(
        EARNING
            + " where e.provider = ? and b.state in ('SAFE', 'FINAL') and e.block_number = (select"
            + " max(n.block_number) from earning n join block m on m.number = n.block_number where"
            + " n.pool_id = e.pool_id and n.provider = e.provider and m.state in ('SAFE', 'FINAL'))"
            + " order by e.block_number desc, e.pool_id",
        SqlBlocks::earning,
        provider);
  }

  @Override
  public TokenAmount unsettled(WalletAddress provider) {
    return sql.first(
            UNSETTLED, row -> row.amount("waiting").plus(row.amount("unsafe")), provider, provider)
        .orElse(TokenAmount.ZERO);
  }

  private static BlockView block(Row row) throws SQLException {
    byte[] tx = row.findBytes("tx_hash");
    return new BlockView(
        row.number("number"),
        Hash32.of(row.bytes("hash")),
        new BlockView.Roots(
            Hash32.of(row.bytes("parent_hash")),
            Hash32.of(row.bytes("root")),
            Hash32.of(row.bytes("receipts_root")),
            Hash32.of(row.bytes("data_hash"))),
        (int) row.number("receipts"),
        BlockState.valueOf(row.text("state")),
        new BlockView.Times(
            row.instant("sealed_at"), row.findInstant("included_at"), row.findInstant("final_at")),
        tx == null ? null : Hex.encode(tx));
  }

  private static ReceiptLeaf receipt(Row row) throws SQLException {
    return new ReceiptLeaf(
        new AttemptRef(new JobId(row.uuid("job_id")), (int) row.number("attempt")),
        Hash32.of(row.bytes("chain_pool_id")),
        row.address("provider"),
        row.amount("amount"),
        Hash32.of(row.bytes("result_sha256")));
  }

  private static ProvenEarning earning(Row row) throws SQLException {
    EarningLeaf leaf =
        new EarningLeaf(
            Hash32.of(row.bytes("chain_pool_id")),
            row.address("provider"),
            row.amount("cumulative"));
    return new ProvenEarning(
        row.text("pool_id"),
        leaf,
        row.number("block_number"),
        row.text("state"),
        MerkleTree.unpack(row.bytes("proof")));
  }
}
