package dev.skep.queen.dispatch.node;

import dev.skep.broker.BrokerSessions;
import dev.skep.protocol.id.SessionId;
import dev.skep.queen.sql.Sql;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The beats of the node's detectors. Each has a timer of its own; one that fails says so and is
 * tried again at its next beat.
 */
@Singleton
@DependsOn("NodeStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class DetectorTimer {
  private static final System.Logger LOG = System.getLogger(DetectorTimer.class.getName());

  @Inject Node node;
  @Inject SessionEnds ends;
  @Inject Sql sql;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void queueDeadlines() {
    beat("queue deadlines", running -> running.dispatcher().expireQueued());
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void leaseDeadlines() {
    beat("lease deadlines", running -> running.dispatcher().expireLeases());
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void totalDeadlines() {
    beat("total deadlines", running -> running.dispatcher().expireTotals());
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void silentSessions() {
    beat("silent sessions", running -> running.dispatcher().loseSilentSessions());
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void abandonedSlots() {
    beat("abandoned slots", running -> running.dispatcher().loseAbandonedSlots());
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void poolsThatAreOver() {
    beat("pools that are over", running -> running.dispatcher().dismiss());
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void failedWrites() {
    beat("failed writes", running -> running.dispatcher().retryWrites());
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void changedPools() {
    beat("changed pools", running -> running.pools().refresh());
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void budgets() {
    beat("budgets", running -> running.pools().topUp());
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void slotRows() {
    beat(
        "slot rows",
        running -> {
          running.slots().flush();
          running.slots().countJobs(running.dispatcher().takeJobsDone());
        });
  }

  /** After a commit whose fate is unknown, rows may be open that the dispatcher does not know. */
  @Schedule(hour = "*", minute = "*", second = "*/3", persistent = false)
  public void doubtfulJobs() {
    beat(
        "doubtful jobs",
        running -> {
          if (running.dispatcher().takeDoubt()) {
            compareJobs(running);
          }
        });
  }

  private static void compareJobs(Node.Running running) {
    boolean compared = false;
    try {
      running.rows().restoreJobs(running.dispatcher());
      compared = true;
    } finally {
      if (!compared) {
        running.dispatcher().doubt();
      }
    }
  }

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  public void expiredSessions() {
    beat(
        "expired sessions",
        running -> {
          for (UUID id : BrokerSessions.get().closeExpired()) {
            ends.replaced(new SessionId(id));
          }
        });
  }

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  public void seenSessions() {
    beat(
        "seen sessions",
        running ->
            running
                .dispatcher()
                .sessions()
                .forEach(
                    id ->
                        sql.change(
                            "update connector_session set last_seen_at = now() where id = ?", id)));
  }

  /** The named boundary of a beat: a detector must not die of one failure. */
  private void beat(String what, Consumer<Node.Running> detector) {
    try {
      detector.accept(node.running());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "detector of " + what + " failed, will try again", e);
    }
  }
}
