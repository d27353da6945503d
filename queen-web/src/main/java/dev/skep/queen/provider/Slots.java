package dev.skep.queen.provider;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.dispatch.node.Node;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Slots that providers take and give back. */
@ApplicationScoped
public class Slots {
  private static final String RELEASE =
      """
      update slot set state = 'LEFT', ended_at = now()
      where id = ? and provider = ? and ended_at is null
      """;

  @Inject SlotClaims claims;
  @Inject Node node;
  @Inject Sql sql;

  /** The program a slot runs and its limits, as the pool's owner gave them. */
  @SuppressWarnings("ArrayRecordComponent")
  record Program(byte[] code, byte[] sha256, String spec) {}

  SlotClaims.Claims claim(PoolId pool, SessionRows.Found session, int count) {
    node.pool(pool);
    SlotClaims.Claims claimed = claims.claim(pool, session, count);
    claimed.stale().forEach(node.dispatcher()::release);
    claimed.slots().forEach(slot -> node.dispatcher().claim(session.id(), slot.id(), pool));
    return claimed;
  }

  Program program(PoolId pool) {
    return sql.first(
            "select program, program_sha256, spec from pool where id = ?",
            row -> new Program(row.bytes("program"), row.bytes("program_sha256"), row.text("spec")),
            pool)
        .orElseThrow();
  }

  void release(SlotId slot, WalletAddress provider) {
    if (sql.change(RELEASE, slot, provider) == 0) {
      throw SkepException.of("slot-not-found", 404)
          .because("this wallet has no slot " + slot)
          .hint("See the pool's slots with: skep pool show");
    }
    node.dispatcher().release(slot);
  }
}
