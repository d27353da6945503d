package dev.skep.provider.cli.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.docker.Card;
import dev.skep.provider.hardware.HardwareProbe;
import dev.skep.provider.limit.Cards;
import dev.skep.provider.limit.OwnerRules;
import dev.skep.provider.pool.Quantity;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.slot.Keeping;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** How a connector keeps its containers. */
final class ContainerOptions {
  @Option(
      names = "--freeze-after",
      paramLabel = "TIME",
      description =
          "A container without jobs for so long takes no processor time: 60s (default), or never.")
  String freezeAfter = "60s";

  @Option(
      names = "--stop-after",
      paramLabel = "TIME",
      description =
          "A container without jobs for so long gives its memory back, and the next job starts "
              + "another: 30m (default), or never.")
  String stopAfter = "30m";

  @Option(
      names = "--no-spare",
      description =
          "Keep no spare container for a slot whose container ends. One is kept where limits and "
              + "free memory have room.")
  boolean noSpare;

  @Option(
      names = "--worker-io",
      paramLabel = "NAME",
      description =
          "How jobs are handed into containers: socket; stdio, where no socket can be mounted (Docker "
              + "Desktop); auto (default) finds out.")
  String workerIo = "auto";

  @Option(
      names = "--gpus",
      paramLabel = "CARDS",
      split = ",",
      description =
          "Lend graphics cards to pools that ask for some: all, or cards such as 0,1; 0:2 lends card "
              + "0 to two slots at a time. Default: none.")
  List<String> gpus = List.of();

  /** The cards named, within those that limits.yml lends. */
  List<Card> cards(OwnerRules rules) {
    Cards lent = rules.room().cards();
    if (gpus.equals(List.of("all"))) {
      int count = HardwareProbe.probe().gpus().size();
      return Card.first(count).stream().filter(card -> lent.lends(card.id())).toList();
    }
    List<Card> named = Card.parse(gpus);
    for (Card card : named) {
      if (!lent.lends(card.id())) {
        throw SkepException.of("usage", 400)
            .fault(Fault.CALLER)
            .because("limits.yml does not lend the graphics card " + card.id())
            .hint("Name one of its gpus, by number, or change limits.yml.");
      }
    }
    return named;
  }

  Keeping keeping(int slots, OwnerRules rules) {
    return new Keeping(
        time("--freeze-after", freezeAfter),
        time("--stop-after", stopAfter),
        job -> !noSpare && hasRoomForSpare(slots, rules, job));
  }

  /**
   * A spare counts as a slot against the limits, leaves as much memory free as it may take, and
   * holds no graphics card that a slot could have.
   */
  private static boolean hasRoomForSpare(int slots, OwnerRules rules, JobSpec job) {
    return job.resources().gpus() == 0
        && rules.fit(job, OwnerRules.Needs.NONE) > slots
        && HardwareProbe.freeMemory() >= 2 * job.resources().memoryBytes();
  }

  private static Duration time(String option, String text) {
    try {
      return text.equals("never") ? Keeping.NEVER : Quantity.duration(text);
    } catch (IllegalArgumentException e) {
      throw SkepException.of("usage", 400)
          .fault(Fault.CALLER)
          .because(option + " is a time or never: " + e.getMessage())
          .hint("skep pool join --help")
          .causedBy(e);
    }
  }
}
