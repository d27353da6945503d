package dev.skep.provider.cli;

import dev.skep.provider.docker.EngineFacts;
import dev.skep.provider.hardware.Hardware;
import dev.skep.provider.hardware.PoolFit;
import dev.skep.provider.hardware.Speeds;
import dev.skep.provider.pool.Quantity;
import dev.skep.provider.runtime.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** An evaluation as people read it. */
final class EvaluationText {
  private EvaluationText() {}

  static List<String> lines(Evaluate.Evaluation seen) {
    Hardware machine = seen.machine();
    EngineFacts docker = seen.docker();
    Table table = new Table();
    Hardware.Processor processor = machine.processor();
    table.row("system", machine.system());
    table.row("processor", processor.model());
    table.row("cores", processor.cores() + " cores, " + processor.threads() + " threads");
    table.row(
        "memory",
        size(machine.memory().available()) + " free of " + size(machine.memory().total()));
    table.row("gpus", machine.gpus().isEmpty() ? "none" : "" + machine.gpus().size());
    machine.gpus().forEach(gpu -> table.row("  gpu", gpu.name() + ", " + size(gpu.memory())));
    for (Hardware.Disk disk : machine.disks()) {
      table.row("disk " + disk.mount(), size(disk.free()) + " free of " + size(disk.total()));
    }
    table.row("docker", docker.present() ? docker.version() + users(docker) : "not found");
    seen.speeds().ifPresent(speeds -> speeds(table, speeds));
    List<String> lines = new ArrayList<>(table.lines());
    seen.findings().forEach(finding -> lines.addAll(finding(finding)));
    seen.pools().ifPresent(fits -> lines.addAll(fits(fits)));
    return lines;
  }

  private static void speeds(Table table, Speeds speeds) {
    table.row(
        "compute",
        "%.1f GFLOPS or more, double precision, by plain code".formatted(speeds.gigaflops()));
    table.row("memory speed", rate(speeds.memory()));
    table.row(
        "disk speed", rate(speeds.diskWrite()) + " write, " + rate(speeds.diskRead()) + " read");
    String network =
        speeds
            .network()
            .map(way -> "%.1f ms, %s down".formatted(way.millis(), rate(way.down())))
            .orElse("not measured");
    table.row("to the queen", network);
  }

  private static String rate(double bytes) {
    return Quantity.about((long) bytes) + "/s";
  }

  private static String users(EngineFacts docker) {
    return docker.rootless() ? ", rootless" : docker.userns() ? ", user namespaces" : ", root";
  }

  private static List<String> finding(Finding finding) {
    String severity = finding.severity().name().toLowerCase(Locale.ROOT);
    return List.of(severity + ": " + finding.message(), "  fix: " + finding.fix());
  }

  private static List<String> fits(List<PoolFit> fits) {
    if (fits.isEmpty()) {
      return List.of("", "the queen has no open pool now");
    }
    Table table =
        new Table().row("").row("POOL", "SLOTS HERE", "EARNS/JOB", "AND/HOUR", "NAME", "NOTE");
    for (PoolFit fit : fits) {
      table.row(
          fit.poolId(),
          fit.slots(),
          fit.pay().perJob().toHuman(),
          fit.perHour().toHuman(),
          fit.name(),
          fit.reason());
    }
    List<String> lines = new ArrayList<>(table.lines());
    fits.stream()
        .filter(fit -> fit.slots() > 0)
        .max(Comparator.comparing(fit -> fit.pay().perJob().plus(fit.perHour())))
        .ifPresent(fit -> lines.add("next: skep pool join " + fit.poolId() + " -n " + fit.slots()));
    return lines;
  }

  private static String size(long bytes) {
    return Quantity.about(bytes);
  }
}
