package dev.skep.queen.finite;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.queen.pool.Pools;
import dev.skep.queen.sql.Row;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The feeding of pools as rows. */
@ApplicationScoped
@Transactional
public class FeedRows implements FeedBook {
  private static final String OPEN =
      """
      select f.pool_id from finite_pool f join pool p on p.id = f.pool_id
      where p.state in ('OPEN', 'PAUSED', 'CLOSING') and f.done + f.failed < f.total
        and (f.node = ? or f.node_until < now())
        and (f.first is not null
          or exists (select 1 from pool_file b where b.pool_id = f.pool_id and b.sha256 = f.sha256
            and b.whole))
      """;
  private static final String CLAIM =
      """
      update finite_pool f set node = ?, node_until = now() + interval '15 seconds' from pool p
      where f.pool_id = ? and p.id = f.pool_id and (f.node = ? or f.node_until < now())
      returning f.*, p.owner
      """;
  private static final String ENDED =
      """
      with told as (select * from json_to_recordset(cast(? as json))
          as r(number int, job uuid, failed boolean)),
        fresh as (insert into finite_input (pool_id, number, job_id, failed)
          select ?, number, job, failed from told on conflict do nothing returning failed)
      update finite_pool set
        done = done + (select count(*) from fresh where not failed),
        failed = failed + (select count(*) from fresh where failed),
        next_byte = case when ? > ended_until then ? else next_byte end,
        ended_until = greatest(ended_until, ?), per_second = ?
      where pool_id = ? returning total, done + failed as ended
      """;

  @Inject Sql sql;
  @Inject Pools pools;

  /** The pools with inputs left that this node feeds or may. */
  List<PoolId> open(String node) {
    return sql.list(OPEN, row -> new PoolId(row.uuid("pool_id")), node);
  }

  /** Makes a pool this node's for a quarter of a minute; empty when another one has it. */
  Optional<FinitePool> claim(PoolId pool, String node) {
    return sql.first(CLAIM, FeedRows::pool, node, pool, node);
  }

  private static FinitePool pool(Row row) throws SQLException {
    return new FinitePool(
        new PoolId(row.uuid("pool_id")),
        row.address("owner"),
        (int) row.number("total"),
        row.findBytes("sha256"),
        row.number("first"),
        new FeedMark(
            (int) row.number("ended_until"), row.number("next_byte"), row.fraction("per_second")));
  }

  @Override
  public Set<Integer> endedBeyond(FinitePool pool) {
    return sql
        .list(
            "select number from finite_input where pool_id = ? and number > ?",
            row -> (int) row.number("number"),
            pool.id(),
            pool.mark().number())
        .stream()
        .collect(Collectors.toSet());
  }

  @Override
  public void ended(PoolId pool, List<EndedInput> ended, FeedMark mark) {
    boolean last =
        sql.first(
                ENDED,
                row -> row.number("total") == row.number("ended"),
                json(ended),
                pool,
                mark.number(),
                mark.nextByte(),
                mark.number(),
                mark.perSecond(),
                pool)
            .orElseThrow();
    if (last) {
      complete(pool);
    }
  }

  private static String json(List<EndedInput> ended) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (EndedInput one : ended) {
      array.add(
          Json.createObjectBuilder()
              .add("number", one.number())
              .add("job", one.job().toString())
              .add("failed", one.failed()));
    }
    return array.build().toString();
  }

  /** One that its owner is closing stays closing. */
  private void complete(PoolId pool) {
    String reason = "every input has ended";
    if (pools.move(pool, PoolState.OPEN, PoolState.COMPLETED, reason)
        || pools.move(pool, PoolState.PAUSED, PoolState.COMPLETED, reason)) {
      sql.change("update finite_pool set completed_at = now() where pool_id = ?", pool);
    }
  }
}
