package dev.skep.queen.webhook;

import dev.skep.protocol.id.PoolId;
import dev.skep.queen.sql.Row;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Webhooks and their deliveries as rows, for their owners. */
@ApplicationScoped
class WebhookRows {
  private static final String COLUMNS =
      "select id, pool_id, url, events, created_at, failures, disabled_reason from webhook";

  @Inject Sql sql;

  /** How one event fared. */
  record DeliveryRow(
      UUID event,
      String type,
      String subject,
      String state,
      int tries,
      @Nullable Long status,
      @Nullable String problem,
      Instant createdAt,
      Instant nextTry) {}

  /** A new webhook hears of jobs from now on. */
  void add(UUID id, PoolId pool, NewWebhook asked, WebhookSecret secret) {
    sql.change(
        "insert into webhook (id, pool_id, url, events, secret, seen_until)"
            + " values (?, ?, ?, ?, ?, uuid7_floor(now()))",
        id,
        pool,
        asked.url().toString(),
        EventType.join(asked.events()),
        secret.text().getBytes(StandardCharsets.US_ASCII));
  }

  List<Webhook> of(PoolId pool) {
    return sql.list(COLUMNS + " where pool_id = ? order by id", WebhookRows::webhook, pool);
  }

  /** Those that are to be told something. */
  List<Webhook> active() {
    return sql.list(COLUMNS + " where disabled_at is null", WebhookRows::webhook);
  }

  private static Webhook webhook(Row row) throws SQLException {
    return new Webhook(
        row.uuid("id"),
        new PoolId(row.uuid("pool_id")),
        row.text("url"),
        EventType.split(row.text("events")),
        row.instant("created_at"),
        (int) row.number("failures"),
        row.findText("disabled_reason"));
  }

  boolean remove(PoolId pool, UUID id) {
    return sql.change("delete from webhook where id = ? and pool_id = ?", id, pool) > 0;
  }

  /** Newest first. */
  List<DeliveryRow> deliveries(UUID webhook, int limit) {
    return sql.list(
        "select * from webhook_event where webhook_id = ? order by created_at desc, id desc limit ?",
        row ->
            new DeliveryRow(
                row.uuid("id"),
                row.text("type"),
                row.text("subject"),
                row.text("state"),
                (int) row.number("tries"),
                row.findNumber("last_status"),
                row.findText("last_problem"),
                row.instant("created_at"),
                row.instant("next_try")),
        webhook,
        limit);
  }
}
