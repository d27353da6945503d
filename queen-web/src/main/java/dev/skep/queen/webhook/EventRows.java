package dev.skep.queen.webhook;

import dev.skep.protocol.id.JobId;
import dev.skep.queen.sql.Row;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Where a webhook's walk over the jobs has come to, and the events that wait. */
@ApplicationScoped
class EventRows {
  /** A transaction that accepts a job commits long before this, or never. */
  private static final String LATE = "interval '5 minutes'";

  private static final String CLAIM =
      """
      update webhook_event e set tries = tries + 1, next_try = now() + interval '60 seconds'
      from webhook w
      where w.id = e.webhook_id and e.id in (
        select d.id from webhook_event d join webhook a on a.id = d.webhook_id
        where d.state = 'WAITING' and d.next_try <= now() and a.disabled_at is null
        order by d.next_try limit ? for update of d skip locked)
      returning e.id, e.webhook_id, e.body, e.tries, w.url, w.secret
      """;

  @Inject Sql sql;

  /** The row of a webhook for this transaction; false when another node works on it. */
  boolean lock(UUID webhook) {
    return sql.first(
            "select id from webhook where id = ? and disabled_at is null for update skip locked",
            row -> true,
            webhook)
        .isPresent();
  }

  /** Jobs the walk has not come to, in order. */
  List<EndedJob> unseen(Webhook webhook, int limit) {
    return sql.list(
        EndedJob.COLUMNS
            + " from job j where j.pool_id = ?"
            + " and j.id > (select seen_until from webhook where id = ?)"
            + " order by j.id limit ?",
        EndedJob::read,
        webhook.pool(),
        webhook.id(),
        limit);
  }

  /**
   * Jobs that were committed after the walk had passed their ids. Ends nobody asked for are left
   * out: they leave no event behind, so they would be met for ever and hide those after them.
   */
  List<EndedJob> late(Webhook webhook, int limit) {
    return sql.list(
        EndedJob.COLUMNS
            + " from job j join webhook w on w.id = ? where j.pool_id = w.pool_id"
            + " and j.id > uuid7_floor(greatest(w.created_at, now() - "
            + LATE
            + ")) and j.id <= w.seen_until"
            + " and (j.ended_at is null"
            + " or 'job.' || lower(j.state) = any (string_to_array(w.events, ' ')))"
            + " and not exists (select from webhook_watch o"
            + " where o.webhook_id = w.id and o.job_id = j.id)"
            + " and not exists (select from webhook_event e"
            + " where e.webhook_id = w.id and e.subject = j.id::text)"
            + " order by j.id limit ?",
        EndedJob::read,
        webhook.id(),
        limit);
  }

  void seen(Webhook webhook, JobId last) {
    sql.change("update webhook set seen_until = ? where id = ?", last, webhook.id());
  }

  void watch(Webhook webhook, JobId open) {
    sql.change(
        "insert into webhook_watch (webhook_id, job_id) values (?, ?) on conflict do nothing",
        webhook.id(),
        open);
  }

  /** Watched jobs that have ended since. */
  List<EndedJob> ended(Webhook webhook, int limit) {
    return sql.list(
        EndedJob.COLUMNS
            + " from webhook_watch o join job j on j.id = o.job_id"
            + " where o.webhook_id = ? and j.ended_at is not null limit ?",
        EndedJob::read,
        webhook.id(),
        limit);
  }

  void unwatch(Webhook webhook, JobId job) {
    sql.change("delete from webhook_watch where webhook_id = ? and job_id = ?", webhook.id(), job);
  }

  /** Keeps an event once, however often it is met. */
  void add(Webhook webhook, CloudEvent event) {
    sql.change(
        "insert into webhook_event (id, webhook_id, type, subject, body) values (?, ?, ?, ?, ?)"
            + " on conflict do nothing",
        event.id(),
        webhook.id(),
        event.type().word(),
        event.subject(),
        event.body());
  }

  /** Whether each of the pool's inputs has ended; true once. */
  boolean completed(Webhook webhook) {
    return sql.change(
            "update webhook w set completed_told = true from finite_pool f where w.id = ?"
                + " and f.pool_id = w.pool_id and f.completed_at is not null"
                + " and not w.completed_told",
            webhook.id())
        > 0;
  }

  /** Whether the pool is closed; true once. */
  boolean closed(Webhook webhook) {
    return sql.change(
            "update webhook w set closed_told = true from pool p where w.id = ?"
                + " and p.id = w.pool_id and p.state = 'CLOSED' and not w.closed_told",
            webhook.id())
        > 0;
  }

  /** Events that are due; each is this node's for a minute, then anybody's again. */
  List<Delivery> claim(int limit) {
    return sql.list(CLAIM, EventRows::delivery, limit);
  }

  private static Delivery delivery(Row row) throws SQLException {
    return new Delivery(
        row.uuid("id"),
        row.uuid("webhook_id"),
        row.text("url"),
        new WebhookSecret(new String(row.bytes("secret"), StandardCharsets.US_ASCII)),
        row.text("body"),
        (int) row.number("tries"));
  }

  void delivered(Delivery delivery, int status) {
    sql.change(
        "update webhook_event set state = 'DELIVERED', ended_at = now(), last_status = ?,"
            + " last_problem = null where id = ?",
        status,
        delivery.event());
    sql.change("update webhook set failures = 0 where id = ? and failures > 0", delivery.webhook());
  }

  /** The event waits, or is dropped when it was tried often enough. */
  void failed(Delivery delivery, Failure failure) {
    sql.change(
        "update webhook_event set state = ?, next_try = now() + make_interval(secs => ?),"
            + " ended_at = case when ? then now() end, last_status = ?, last_problem = ?"
            + " where id = ?",
        failure.last() ? "DROPPED" : "WAITING",
        (double) failure.delay().toSeconds(),
        failure.last(),
        failure.status(),
        failure.problem(),
        delivery.event());
    sql.change("update webhook set failures = failures + 1 where id = ?", delivery.webhook());
  }

  void disable(UUID webhook, int limit, String reason) {
    sql.change(
        "update webhook set disabled_at = now(), disabled_reason = ?"
            + " where id = ? and disabled_at is null and failures >= ?",
        reason,
        webhook,
        limit);
  }

  void forgetEnded(int days) {
    sql.change(
        "delete from webhook_event where state <> 'WAITING'"
            + " and ended_at < now() - make_interval(days => ?)",
        days);
  }
}
