package dev.skep.queen.webhook;

import dev.skep.protocol.id.Uuid7;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.List;

/**
 * Turns the ends of jobs and pools into events. A webhook's walk follows the ids of its pool's
 * jobs; what is still open when the walk passes is watched. Each step is one transaction, so an
 * event is kept exactly when the walk has moved on.
 */
@ApplicationScoped
public class Collector {
  private static final int STEP = 500;

  @Inject EventRows rows;
  @Inject WebhookSettings settings;
  @Inject Uuid7 ids;
  @Inject Clock clock;

  /** One step of one webhook's walk; whether there is likely more at once. */
  @Transactional(TxType.REQUIRES_NEW)
  public boolean collect(Webhook webhook) {
    if (!rows.lock(webhook.id())) {
      return false;
    }
    boolean more = webhook.events().stream().anyMatch(EventType::isJob) && walk(webhook);
    if (rows.completed(webhook)) {
      tellPool(webhook, EventType.POOL_COMPLETED);
    }
    if (rows.closed(webhook)) {
      tellPool(webhook, EventType.POOL_CLOSED);
    }
    return more;
  }

  private boolean walk(Webhook webhook) {
    List<EndedJob> unseen = rows.unseen(webhook, STEP);
    unseen.forEach(job -> meet(webhook, job));
    if (!unseen.isEmpty()) {
      rows.seen(webhook, unseen.get(unseen.size() - 1).id());
    }
    List<EndedJob> ended = rows.ended(webhook, STEP);
    for (EndedJob job : ended) {
      meet(webhook, job);
      rows.unwatch(webhook, job.id());
    }
    return unseen.size() == STEP || ended.size() == STEP;
  }

  /** Looks back for jobs that appeared behind the walk; rarely, since that is rare. */
  @Transactional(TxType.REQUIRES_NEW)
  public boolean collectLate(Webhook webhook) {
    if (!rows.lock(webhook.id()) || webhook.events().stream().noneMatch(EventType::isJob)) {
      return false;
    }
    List<EndedJob> late = rows.late(webhook, STEP);
    late.forEach(job -> meet(webhook, job));
    return late.size() == STEP;
  }

  private void meet(Webhook webhook, EndedJob job) {
    EventType.of(job.state())
        .ifPresentOrElse(type -> tell(webhook, type, job), () -> rows.watch(webhook, job.id()));
  }

  private void tell(Webhook webhook, EventType type, EndedJob job) {
    if (webhook.events().contains(type)) {
      rows.add(webhook, CloudEvent.of(ids.next(), type, settings.publicUrl(), job));
    }
  }

  private void tellPool(Webhook webhook, EventType type) {
    if (webhook.events().contains(type)) {
      rows.add(
          webhook,
          CloudEvent.of(ids.next(), type, settings.publicUrl(), webhook.pool(), clock.instant()));
    }
  }
}
