package dev.skep.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.persistence.postgres.EmbeddedPostgres;
import dev.skep.persistence.postgres.TestRows;
import dev.skep.protocol.id.Uuid7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class SchemaIT {
  private static String partitionOf(TestRows rows, Instant moment) {
    java.util.UUID id =
        new Uuid7(Clock.fixed(moment, java.time.ZoneOffset.UTC), new java.util.Random(1)).next();
    return rows.text("insert into job_input values (?, '') returning tableoid::regclass::text", id);
  }

  @Test
  void shouldMigrateTwiceAndMakeEachPartitionOnce() {
    DataSource source = EmbeddedPostgres.shared().emptyDatabase();
    Schema schema = new Schema(source, Clock.systemUTC());
    schema.migrate();
    schema.migrate();
    assertThat(schema.makePartitions()).isZero();
    Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
    assertThat(new Schema(source, tomorrow).makePartitions()).isEqualTo(6);
  }

  @Test
  void shouldPutAnIdIntoThePartitionOfItsDayAndStrangersIntoTheDefault() {
    TestRows rows = TestRows.fresh();
    Instant midnight = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.DAYS);
    String today = "job_input_" + midnight.toString().substring(0, 10).replace("-", "");
    assertThat(partitionOf(rows, midnight)).isEqualTo(today);
    assertThat(partitionOf(rows, midnight.minusMillis(1)))
        .isNotEqualTo(today)
        .isNotEqualTo("job_input_default");
    assertThat(partitionOf(rows, midnight.plus(Duration.ofDays(30))))
        .isEqualTo("job_input_default");
  }

  @Test
  void shouldDropTheDaysOfPayloadsThatArePastAndKeepTheJobs() {
    DataSource source = EmbeddedPostgres.shared().emptyDatabase();
    new Schema(source, Clock.systemUTC()).migrate();
    Schema later = new Schema(source, Clock.offset(Clock.systemUTC(), Duration.ofDays(4)));
    TestRows rows = TestRows.of(source);
    String yesterday = partitionOf(rows, Instant.now().minus(Duration.ofDays(1)));

    assertThat(later.dropPayloads(3)).isZero();
    assertThat(later.dropPayloads(2)).as("input, output and log of yesterday").isEqualTo(3);
    assertThat(rows.text("select coalesce(to_regclass('" + yesterday + "')::text, 'gone')"))
        .isEqualTo("gone");
    assertThat(rows.text("select to_regclass('" + yesterday.replace("_input", "") + "')::text"))
        .isNotNull();
    assertThat(later.dropPayloads(2)).isZero();
  }

  @Test
  void shouldRefuseAddressesAndAmountsThatAreNone() {
    TestRows rows = TestRows.fresh();
    assertThatThrownBy(() -> rows.run("insert into ban values ('0xABC', 'x')"))
        .hasStackTraceContaining("wallet_address");
    assertThatThrownBy(() -> rows.openPool(-1, 1)).hasStackTraceContaining("token_amount");
  }

  @Test
  void shouldFindTheTablesOfTheTimerStoreInItsWay() {
    DataSource source = EmbeddedPostgres.shared().emptyDatabase();
    TestRows.of(source).run("create table \"EJB__TIMER__TBL\" (id int)");
    new Schema(source, Clock.systemUTC()).migrate();
    assertThat(TestRows.of(source).count("pool")).isZero();
  }
}
