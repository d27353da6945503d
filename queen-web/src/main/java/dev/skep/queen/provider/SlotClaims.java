package dev.skep.queen.provider;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.pool.PoolState;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;

/** Gives free seats of a pool to a session; the pool's row is locked meanwhile. */
@ApplicationScoped
public class SlotClaims {
  private static final String POOL =
      "select state, slot_limit, per_user from pool where id = ? for update";

  /** Slots of the same machine that another session left behind, and lost ones of anybody. */
  private static final String STALE =
      """
      update slot set state = 'LEFT', ended_at = now()
      where pool_id = ? and ended_at is null
        and (state = 'LOST' or (provider = ? and machine_id = ? and session_id <> ?))
      returning id
      """;

  private static final String TAKEN =
      """
      select count(*) as taken, count(*) filter (where provider = ?) as theirs
      from slot where pool_id = ? and ended_at is null
      """;
  private static final String FREE =
      """
      select n from generate_series(1, ?) n where not exists (
        select 1 from slot s where s.pool_id = ? and s.ordinal = n and s.ended_at is null)
      order by n limit ?
      """;
  private static final String INSERT =
      """
      insert into slot (id, pool_id, ordinal, provider, machine_id, session_id, state)
      values (?, ?, ?, ?, ?, ?, 'LOADING')
      """;

  @Inject Sql sql;
  @Inject Uuid7 ids;

  /** A claimed seat. */
  record Claimed(SlotId id, int ordinal) {}

  /** What was claimed, and the slots that made room for it. */
  record Claims(List<Claimed> slots, List<SlotId> stale) {}

  private record Room(PoolState state, int slots, int perProvider) {}

  private record Taken(int all, int theirs) {}

  @Transactional
  public Claims claim(PoolId pool, SessionRows.Found session, int count) {
    Room room = room(pool);
    List<SlotId> stale =
        sql.list(
            STALE,
            row -> new SlotId(row.uuid("id")),
            pool,
            session.provider(),
            session.machineId(),
            session.id());
    Taken taken =
        sql.first(
                TAKEN,
                row -> new Taken((int) row.number("taken"), (int) row.number("theirs")),
                session.provider(),
                pool)
            .orElseThrow();
    requireRoom(room, taken, count);
    return new Claims(insert(pool, session, room.slots, count), stale);
  }

  private Room room(PoolId pool) {
    Room room =
        sql.first(
                POOL,
                row ->
                    new Room(
                        PoolState.valueOf(row.text("state")),
                        (int) row.number("slot_limit"),
                        (int) row.number("per_user")),
                pool)
            .orElseThrow(
                () ->
                    SkepException.of("pool-not-found", 404)
                        .because("there is no pool " + pool)
                        .hint("List the open pools with: skep pool list"));
    if (room.state.isOver()) {
      throw SkepException.of("pool-over", 410)
          .because("pool " + pool + " is " + room.state + " and takes no more jobs")
          .hint("Join another pool: skep pool list --state open");
    }
    return room;
  }

  private static void requireRoom(Room room, Taken taken, int count) {
    if (taken.theirs + count > room.perProvider) {
      throw SkepException.of("too-many-slots", 409)
          .because(
              "a provider may fill "
                  + room.perProvider
                  + " slots of this pool and this one fills "
                  + taken.theirs)
          .hint("Join with fewer slots (-n).");
    }
    if (taken.all + count > room.slots) {
      throw SkepException.of("pool-full", 409)
          .retryable(true)
          .because("the pool has " + room.slots + " slots, " + taken.all + " are taken")
          .hint("Join with fewer slots (-n), or another pool.");
    }
  }

  private List<Claimed> insert(PoolId pool, SessionRows.Found session, int limit, int count) {
    List<Claimed> claimed = new ArrayList<>(count);
    List<Integer> seats = sql.list(FREE, row -> (int) row.number("n"), limit, pool, count);
    for (int ordinal : seats) {
      SlotId id = new SlotId(ids.next());
      sql.change(INSERT, id, pool, ordinal, session.provider(), session.machineId(), session.id());
      claimed.add(new Claimed(id, ordinal));
    }
    return claimed;
  }
}
