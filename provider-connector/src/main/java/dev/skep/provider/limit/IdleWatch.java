package dev.skep.provider.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says whether the machine is busy with something else. One look over the limit makes it busy; only
 * a minute without any makes it free again, so that work does not start and stop with every short
 * task of its owner.
 */
public final class IdleWatch {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration CALM = Duration.ofMinutes(1);

  private final IdleRule rule;
  private final MachineUse machine;
  private final Supplier<Instant> clock;
  private @Nullable Instant looked;
  private @Nullable Instant lastBusy;

  public IdleWatch(IdleRule rule, MachineUse machine, Supplier<Instant> clock) {
    this.rule = rule;
    this.machine = machine;
    this.clock = clock;
    if (!rule.isNone()) {
      machine.othersLoad(); // from here on
    }
  }

  /** May be asked as often as one likes; looks at the machine every five seconds. */
  public boolean isBusy() {
    if (rule.isNone()) {
      return false;
    }
    Instant now = clock.get();
    if (looked == null || !now.isBefore(looked.plus(LOOK_EVERY))) {
      looked = now;
      look(now);
    }
    return lastBusy != null && now.isBefore(lastBusy.plus(CALM));
  }

  private void look(Instant now) {
    boolean loaded = machine.othersLoad() > rule.mostLoad();
    if (loaded || machine.sinceInput().filter(age -> age.compareTo(rule.quiet()) < 0).isPresent()) {
      lastBusy = now;
    }
  }
}
