package dev.skep.persistence.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.persistence.postgres.TestRows;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BudgetSlabsIT {
  private static TestRows rows;
  private static BudgetSlabs slabs;

  @BeforeAll
  static void migrate() {
    rows = TestRows.fresh();
    slabs = new BudgetSlabs(rows.source());
  }

  private static TokenAmount enlarge(PoolId pool, String node, long needed) {
    return slabs.enlarge(pool, node, TokenAmount.of(needed));
  }

  @Test
  void shouldTakeAQuarterOrAHundredJobsAtOnce() {
    assertThat(enlarge(rows.openPool(4000, 1), "n1", 1)).isEqualTo(TokenAmount.of(1000));
    assertThat(enlarge(rows.openPool(4000, 20), "n1", 1)).isEqualTo(TokenAmount.of(2000));
    assertThat(enlarge(rows.openPool(50, 20), "n1", 1)).isEqualTo(TokenAmount.of(50));
  }

  @Test
  void shouldGiveNothingWhenCoveredExhaustedClosingOrWithdrawn() {
    PoolId pool = rows.openPool(100, 50);
    assertThat(enlarge(pool, "n1", 10)).isEqualTo(TokenAmount.of(100));
    assertThat(enlarge(pool, "n1", 90)).isEqualTo(TokenAmount.of(100));
    assertThat(enlarge(pool, "n1", 101)).isEqualTo(TokenAmount.of(100));
    assertThat(enlarge(pool, "n2", 1)).isEqualTo(TokenAmount.ZERO);
    PoolId withdrawn = rows.openPool(100, 1);
    rows.run("update pool set withdraw_requested = true where id = ?", withdrawn.value());
    assertThat(enlarge(withdrawn, "n1", 1)).isEqualTo(TokenAmount.ZERO);
    assertThatThrownBy(() -> enlarge(rows.newPoolId(), "n1", 1)).isInstanceOf(SkepException.class);
  }

  @Test
  void shouldNeverGrantMoreThanTheDepositHoweverManyNodesAsk() {
    Random random = new Random(3);
    for (int round = 0; round < 5; round++) {
      PoolId pool = rows.openPool(1 + random.nextInt(5000), 1 + random.nextInt(30));
      List<String> nodes = List.of("n1", "n2", "n3", "n4");
      IntStream.range(0, 80)
          .parallel()
          .forEach(i -> enlarge(pool, nodes.get(i % 4), 1 + (i * 37L) % 4000));
      assertThat(
              rows.text(
                  "select (select sum(granted) from budget_slab s where s.pool_id = p.id) <= p.deposited from pool p where id = ?",
                  pool.value()))
          .isEqualTo("t");
    }
  }

  @Test
  void shouldReadBackWhatANodeHadUsedBeforeACrash() {
    PoolId pool = rows.openPool(1000, 10);
    enlarge(pool, "n1", 1);
    job(pool, "n1", "LEASED", 10);
    JobId ended = job(pool, "n1", "COMPLETED", 10);
    job(pool, "n2", "LEASED", 10);
    rows.run(
        "insert into receipt (job_id, attempt, pool_id, provider, amount, result_sha256) values (?, 1, ?, ?, 7, sha256(''))",
        ended.value(),
        pool.value(),
        TestRows.PROVIDER.toString());
    assertThat(slabs.standing(pool, "n1"))
        .isEqualTo(
            new BudgetSlabs.Standing(TokenAmount.of(1000), TokenAmount.of(7), TokenAmount.of(10)));
  }

  private static JobId job(PoolId pool, String node, String state, int reserved) {
    JobId id = rows.newJobId();
    rows.run(
        "insert into job (id, pool_id, client, node, state, copies, agree, reserved, queue_until, run_limit_ms, total_until)"
            + " values (?, ?, ?, ?, ?, 1, 1, ?, now(), 1000, now())",
        id.value(),
        pool.value(),
        TestRows.OWNER.toString(),
        node,
        state,
        reserved);
    return id;
  }
}
