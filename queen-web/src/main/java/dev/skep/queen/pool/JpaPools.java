package dev.skep.queen.pool;

import dev.skep.chain.proof.ChainPoolId;
import dev.skep.persistence.pool.Agreement;
import dev.skep.persistence.pool.Origin;
import dev.skep.persistence.pool.Pool;
import dev.skep.persistence.pool.Price;
import dev.skep.persistence.pool.Program;
import dev.skep.persistence.pool.Seats;
import dev.skep.persistence.pool.StoredPools;
import dev.skep.persistence.pool.Terms;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.rest.Members;
import dev.skep.queen.settings.QueenSettings;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HexFormat;

/** Pools as entities; each call is a transaction unless its caller has one. */
@ApplicationScoped
@Transactional
public class JpaPools implements Pools {
  @PersistenceContext(unitName = "skep")
  EntityManager rows;

  @Inject QueenSettings settings;
  @Inject Clock clock;
  @Inject Sql sql;

  @Override
  public void add(PoolId id, WalletAddress owner, NewPool pool) {
    Origin origin =
        new Origin(settings.queenId(), owner, ChainPoolId.of(owner, id).bytes(), clock.instant());
    Program program = new Program(pool.name(), pool.template(), pool.program());
    stored().add(new Pool(id, origin, program, terms(pool.spec())));
    PoolSpec.Inputs inputs = pool.spec().inputs();
    if (inputs != null) {
      addInputs(id, inputs);
    }
  }

  private void addInputs(PoolId id, PoolSpec.Inputs inputs) {
    String sha256 = inputs.sha256();
    sql.change(
        "insert into finite_pool (pool_id, total, sha256, first) values (?, ?, ?, ?)",
        id,
        inputs.count(),
        sha256 == null ? null : HexFormat.of().parseHex(sha256),
        sha256 == null ? inputs.first() : null);
  }

  @Override
  public int countOpen(WalletAddress owner) {
    return stored().countOpen(owner);
  }

  @Override
  public boolean move(PoolId id, PoolState from, PoolState to, String reason) {
    return stored().move(id, from, to, reason);
  }

  private StoredPools stored() {
    return new StoredPools(rows, clock);
  }

  private static Terms terms(PoolSpec spec) {
    PoolSpec.Verification verification = spec.verification();
    return new Terms(
        PoolSpecJson.of(spec).toString(),
        new Seats("performance", Members.asWord(spec.access()), spec.slots(), spec.perUser()),
        new Price(spec.price().perJob(), spec.price().perSecond(), spec.maxPerJob()),
        new Agreement(
            Members.asWord(verification.policy()),
            verification.copies(),
            verification.agree(),
            Members.asWord(verification.distinct())));
  }
}
