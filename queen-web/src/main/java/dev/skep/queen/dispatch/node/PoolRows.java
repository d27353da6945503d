package dev.skep.queen.dispatch.node;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.queen.dispatch.Limits;
import dev.skep.queen.dispatch.Policy;
import dev.skep.queen.dispatch.PoolTerms;
import dev.skep.queen.dispatch.Price;
import dev.skep.queen.rest.JsonBody;
import dev.skep.queen.sql.Row;
import dev.skep.queen.sql.Sql;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the rows of pools that may have jobs, as the dispatcher sees them. */
final class PoolRows {
  private static final String LIVE =
      "select id, state, version, deposited, withdraw_requested from pool where state <> 'CLOSED'";
  private static final String ONE =
      """
      select id, owner, state, spec, price_per_job, price_per_second, max_per_job, copies, agree,
        verification, distinct_by, access, slot_limit, per_user, deposited
      from pool where id = ?
      """;

  private final Sql sql;

  PoolRows(Sql sql) {
    this.sql = sql;
  }

  /** What tells one version of a pool's row from the next. */
  record Mark(PoolState state, long version, TokenAmount deposited, boolean leaving) {}

  /** A live pool with its mark. */
  record Live(PoolId id, Mark mark) {}

  /** A pool as the dispatcher and its door-keeper know it. */
  record Known(PoolTerms terms, String access, TokenAmount maxPerJob) {}

  List<Live> live() {
    return sql.list(
        LIVE,
        row ->
            new Live(
                new PoolId(row.uuid("id")),
                new Mark(
                    PoolState.valueOf(row.text("state")),
                    row.number("version"),
                    row.amount("deposited"),
                    row.flag("withdraw_requested"))));
  }

  Optional<Known> find(PoolId id) {
    return sql.first(ONE, PoolRows::known, id);
  }

  private static Known known(Row row) throws SQLException {
    TokenAmount maxPerJob = row.amount("max_per_job");
    PoolTerms terms =
        new PoolTerms(
            new PoolId(row.uuid("id")),
            row.address("owner"),
            PoolState.valueOf(row.text("state")),
            price(row, maxPerJob),
            policy(row),
            limits(row));
    return new Known(terms, row.text("access"), maxPerJob);
  }

  /** One copy may earn its share of what the whole job may cost. */
  private static Price price(Row row, TokenAmount maxPerJob) throws SQLException {
    BigInteger share = maxPerJob.value().divide(BigInteger.valueOf(row.number("copies")));
    return new Price(
        row.amount("price_per_job"), row.amount("price_per_second"), new TokenAmount(share));
  }

  private static Policy policy(Row row) throws SQLException {
    Policy.Kind kind =
        Policy.Kind.valueOf(row.text("verification").replace('-', '_').toUpperCase(Locale.ROOT));
    Policy.DistinctBy distinct =
        Policy.DistinctBy.valueOf(row.text("distinct_by").toUpperCase(Locale.ROOT));
    // Only a quorum runs every job in copies; the columns of the other policies say nothing.
    boolean quorum = kind == Policy.Kind.QUORUM;
    return new Policy(
        kind,
        quorum ? (int) row.number("copies") : 1,
        quorum ? (int) row.number("agree") : 1,
        distinct);
  }

  private static Limits limits(Row row) throws SQLException {
    JsonObject spec = JsonBody.object(row.text("spec").getBytes(StandardCharsets.UTF_8));
    JsonObject deadlines = spec.getJsonObject("deadlines");
    return new Limits(
        (int) row.number("slot_limit"),
        (int) row.number("per_user"),
        spec.getInt("retries", Limits.RETRIES),
        millis(deadlines, "queueMillis"),
        millis(deadlines, "runMillis"),
        millis(deadlines, "totalMillis"));
  }

  private static Duration millis(JsonObject deadlines, String name) {
    return Duration.ofMillis(deadlines.getJsonNumber(name).longValueExact());
  }
}
