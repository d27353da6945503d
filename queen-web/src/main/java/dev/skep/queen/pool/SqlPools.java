package dev.skep.queen.pool;

import dev.skep.chain.proof.ChainPoolId;
import dev.skep.chain.proof.Hex;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.rest.JsonBody;
import dev.skep.queen.rest.Members;
import dev.skep.queen.settings.QueenSettings;
import dev.skep.queen.sql.Row;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Pools as rows; what was spent is read from blocks and the receipts that wait for one. */
@ApplicationScoped
public class SqlPools implements Pools {
  private static final String SELECT =
      """
      select p.id, p.owner, p.name, p.template, p.chain_pool_id, p.program_sha256, p.spec,
        p.state, p.state_reason, p.deposited, p.created_at, p.closed_at,
        coalesce((select max(d.cumulative) from block_debit d where d.pool_id = p.id), 0)
          + coalesce((select sum(r.amount) from receipt r
              where r.pool_id = p.id and r.block_number is null), 0) as spent,
        (select sum(j.reserved) from job j
          where j.pool_id = p.id and j.state in ('QUEUED', 'LEASED')) as reserved,
        (select count(*) from slot s where s.pool_id = p.id and s.ended_at is null
          and s.state in ('LOADING', 'WARM')) as taken
      from pool p
      """;

  private static final String SETTLED =
      """
      select p.id from pool p where p.state = 'CLOSING'
        and not exists (select 1 from job j
          where j.pool_id = p.id and j.state in ('QUEUED', 'LEASED'))
        and not exists (select 1 from receipt r
          where r.pool_id = p.id and r.block_number is null)
        and not exists (select 1 from block_debit d join block b on b.number = d.block_number
          where d.pool_id = p.id and b.state not in ('SAFE', 'FINAL'))
      """;

  @Inject Sql sql;
  @Inject QueenSettings settings;

  @Override
  public void add(PoolId id, WalletAddress owner, NewPool pool) {
    PoolSpec spec = pool.spec();
    sql.change(
        """
        insert into pool (id, queen_id, owner, name, template, matching, spec, program,
          program_sha256, price_per_job, price_per_second, max_per_job, copies, agree,
          verification, distinct_by, access, slot_limit, per_user, state, chain_pool_id)
        values (?, ?, ?, ?, ?, 'performance', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        id,
        settings.queenId(),
        owner,
        pool.name(),
        pool.template(),
        PoolSpecJson.of(spec).toString(),
        pool.program(),
        sha256(pool.program()),
        spec.price().perJob(),
        spec.price().perSecond(),
        spec.maxPerJob(),
        spec.verification().copies(),
        spec.verification().agree(),
        Members.asWord(spec.verification().policy()),
        Members.asWord(spec.verification().distinct()),
        Members.asWord(spec.access()),
        spec.slots(),
        spec.perUser(),
        PoolState.OPENING,
        ChainPoolId.of(owner, id).bytes());
  }

  @Override
  public Optional<Listing> find(PoolId id) {
    return sql.first(SELECT + " where p.id = ?", SqlPools::listing, id);
  }

  @Override
  public List<Listing> list(PoolFilter filter) {
    return sql.list(
        SELECT
            + " where (? or p.owner = ?) and (? or p.state = ?)"
            + " order by p.created_at desc, p.id desc limit ?",
        SqlPools::listing,
        filter.owner() == null,
        filter.owner() == null ? "" : filter.owner(),
        filter.state() == null,
        filter.state() == null ? "" : filter.state(),
        filter.limit());
  }

  private static Listing listing(Row row) throws SQLException {
    return new Listing(
        new PoolId(row.uuid("id")),
        row.address("owner"),
        row.text("name"),
        row.text("template"),
        Hex.encode(row.bytes("chain_pool_id")),
        Hex.encode(row.bytes("program_sha256")).substring(2),
        JsonBody.object(row.text("spec").getBytes(StandardCharsets.UTF_8)),
        standing(row));
  }

  private static Listing.Standing standing(Row row) throws SQLException {
    return new Listing.Standing(
        PoolState.valueOf(row.text("state")),
        row.findText("state_reason"),
        new Listing.Money(row.amount("deposited"), row.amount("spent"), row.amount("reserved")),
        (int) row.number("taken"),
        row.instant("created_at"),
        row.findInstant("closed_at"));
  }

  @Override
  public List<SlotView> slots(PoolId id) {
    return sql.list(
        "select id, ordinal, provider, state, container_id, jobs_done, problem from slot"
            + " where pool_id = ? and ended_at is null order by ordinal",
        SqlPools::slot,
        id);
  }

  private static SlotView slot(Row row) throws SQLException {
    return new SlotView(
        new SlotId(row.uuid("id")),
        (int) row.number("ordinal"),
        row.address("provider"),
        SlotState.valueOf(row.text("state")),
        row.findText("container_id"),
        row.number("jobs_done"),
        row.findText("problem"));
  }

  @Override
  public int countOpen(WalletAddress owner) {
    return sql.first(
            "select count(*) as open from pool where owner = ? and state <> 'CLOSED'",
            row -> (int) row.number("open"),
            owner)
        .orElse(0);
  }

  @Override
  public boolean move(PoolId id, PoolState from, PoolState to, String reason) {
    PoolState.TRANSITIONS.check(from, to);
    return sql.change(
            "update pool set state = ?, state_reason = ?, version = version + 1,"
                + " closed_at = case when ? then now() else closed_at end"
                + " where id = ? and state = ?",
            to,
            reason,
            to == PoolState.CLOSED,
            id,
            from)
        == 1;
  }

  @Override
  public List<PoolId> settled() {
    return sql.list(SETTLED, row -> new PoolId(row.uuid("id")));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
