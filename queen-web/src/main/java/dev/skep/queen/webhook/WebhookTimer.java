package dev.skep.queen.webhook;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.function.BooleanSupplier;

/** The detector of ended jobs that somebody wants to hear of, and of events that are due. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class WebhookTimer {
  private static final System.Logger LOG = System.getLogger(WebhookTimer.class.getName());
  private static final int DAYS_KEPT = 7;
  private static final int MOST_STEPS = 10;

  @Inject WebhookRows webhooks;
  @Inject EventRows events;
  @Inject Collector collector;
  @Inject Deliveries deliveries;

  @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
  public void tell() {
    for (Webhook webhook : webhooks.active()) {
      guarded(webhook, () -> repeat(() -> collector.collect(webhook)));
    }
    deliveries.sendDue();
  }

  private static void repeat(BooleanSupplier step) {
    for (int done = 0; done < MOST_STEPS && step.getAsBoolean(); ) {
      done++;
    }
  }

  @Schedule(hour = "*", minute = "*", second = "31", persistent = false)
  public void lookBack() {
    for (Webhook webhook : webhooks.active()) {
      guarded(webhook, () -> repeat(() -> collector.collectLate(webhook)));
    }
  }

  @Schedule(hour = "*", minute = "23", persistent = false)
  public void forget() {
    events.forgetEnded(DAYS_KEPT);
  }

  /** One webhook's trouble is not the others'; its walk goes on with the next tick. */
  private static void guarded(Webhook webhook, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the webhook " + webhook.id() + " was not served", e);
    }
  }
}
