package dev.skep.queen.pool;

import dev.skep.chain.proof.Hex;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.slot.SlotState;
import dev.skep.queen.rest.JsonBody;
import dev.skep.queen.sql.Row;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pools as they stand: joins over rows of jobs, slots and blocks. What was spent is read from
 * blocks and the receipts that wait for one.
 */
@ApplicationScoped
public class SqlListings implements Listings {
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
          and s.state <> 'LOST') as taken,
        f.total, f.done, f.failed, f.per_second,
        (select count(*) from job j where j.pool_id = p.id and j.state = 'LEASED') as running,
        f.first is not null or f.done + f.failed = f.total or exists (select 1 from pool_file b
          where b.pool_id = p.id and b.sha256 = f.sha256 and b.whole) as brought
      from pool p left join finite_pool f on f.pool_id = p.id
      """;

  /** A completed pool waits besides until the rest of its deposit went back. */
  private static final String SETTLED =
      """
      select p.id, p.state from pool p
      where (p.state = 'CLOSING' or p.state = 'COMPLETED' and p.deposited =
          coalesce((select max(d.cumulative) from block_debit d where d.pool_id = p.id), 0))
        and not exists (select 1 from job j
          where j.pool_id = p.id and j.state in ('QUEUED', 'LEASED'))
        and not exists (select 1 from receipt r
          where r.pool_id = p.id and r.block_number is null)
        and not exists (select 1 from block_debit d join block b on b.number = d.block_number
          where d.pool_id = p.id and b.state not in ('SAFE', 'FINAL'))
      """;

  /** Those that serve; and, for an hour, the last that failed at a place nobody took since. */
  private static final String SLOTS =
      """
      select s.id, s.ordinal, s.provider, s.state, s.container_id, s.jobs_done, s.problem, c.software
      from slot s left join connector_session c on c.id = s.session_id
      where s.pool_id = ? and (s.ended_at is null
        or s.state = 'FAILED' and s.ended_at > now() - interval '1 hour'
          and not exists (select 1 from slot l where l.pool_id = s.pool_id and l.ordinal = s.ordinal
            and (l.ended_at is null or l.ended_at > s.ended_at)))
      order by s.ordinal
      """;

  @Inject Sql sql;

  @Override
  public Optional<Listing> find(PoolId id) {
    return sql.first(SELECT + " where p.id = ?", SqlListings::listing, id);
  }

  @Override
  public List<Listing> list(PoolFilter filter) {
    return sql.list(
        SELECT
            + " where (? or p.owner = ?) and (? or p.state = ?)"
            + " order by p.created_at desc, p.id desc limit ?",
        SqlListings::listing,
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
        inputs(row),
        row.instant("created_at"),
        row.findInstant("closed_at"));
  }

  private static Listing.@Nullable Inputs inputs(Row row) throws SQLException {
    Long total = row.findNumber("total");
    return total == null
        ? null
        : new Listing.Inputs(
            total.intValue(),
            (int) row.number("done"),
            (int) row.number("failed"),
            (int) row.number("running"),
            row.fraction("per_second"),
            row.flag("brought"));
  }

  @Override
  public List<SlotView> slots(PoolId id) {
    return sql.list(SLOTS, SqlListings::slot, id);
  }

  private static SlotView slot(Row row) throws SQLException {
    return new SlotView(
        new SlotId(row.uuid("id")),
        (int) row.number("ordinal"),
        row.address("provider"),
        SlotState.valueOf(row.text("state")),
        row.findText("container_id"),
        row.number("jobs_done"),
        row.findText("problem"),
        row.findText("software"));
  }

  @Override
  public List<Settled> settled() {
    return sql.list(
        SETTLED,
        row -> new Settled(new PoolId(row.uuid("id")), PoolState.valueOf(row.text("state"))));
  }
}
