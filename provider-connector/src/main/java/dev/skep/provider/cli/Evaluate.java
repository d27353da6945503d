package dev.skep.provider.cli;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.provider.docker.DockerSettings;
import dev.skep.provider.docker.EngineFacts;
import dev.skep.provider.hardware.Hardware;
import dev.skep.provider.hardware.HardwareProbe;
import dev.skep.provider.hardware.PoolFit;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.queen.QueenApi;
import dev.skep.provider.runtime.Finding;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

@CommandLine.Command(
    name = "evaluate",
    description = "Look at this machine: memory, processors, GPUs, disks, Docker; which pools fit.",
    footer = {
      "",
      "Example:",
      "  skep evaluate --json",
      "",
      "Exit code 5 when a finding says that no job can run here."
    })
public final class Evaluate extends Command {
  private static final int MOST_POOLS = 20;

  @Override
  protected int run() {
    print().progress("looking at this machine");
    Hardware machine = HardwareProbe.probe();
    EngineFacts docker = EngineFacts.read(DockerSettings.standard());
    Optional<List<PoolFit>> pools = pools(machine);
    print().answer(EvaluationJson.of(machine, docker, pools), lines(machine, docker, pools));
    boolean blocked =
        docker.findings().stream().anyMatch(f -> f.severity() == Finding.Severity.BLOCKING);
    return blocked ? ExitCode.MACHINE : ExitCode.OK;
  }

  /** Empty when no queen can be reached, which is nothing wrong with this machine. */
  private Optional<List<PoolFit>> pools(Hardware machine) {
    try {
      QueenApi queen = counter().queen();
      List<PoolFit> fits = new ArrayList<>();
      List<JsonObject> open =
          queen
              .get("/api/pools?state=OPEN&limit=" + MOST_POOLS)
              .list("pools")
              .getValuesAs(JsonObject.class);
      for (JsonObject pool : open.subList(0, Math.min(MOST_POOLS, open.size()))) {
        String path = "/api/pools/" + Answers.text(pool, "id");
        JsonObject shown = queen.get(path).object();
        fits.add(Answers.read(path, () -> PoolFit.judge(machine, shown)));
      }
      return Optional.of(fits);
    } catch (SkepException e) {
      print().progress("no pools looked at: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static List<String> lines(
      Hardware machine, EngineFacts docker, Optional<List<PoolFit>> pools) {
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
    List<String> lines = new ArrayList<>(table.lines());
    docker.findings().forEach(finding -> lines.addAll(finding(finding)));
    pools.ifPresent(fits -> lines.addAll(fits(fits)));
    return lines;
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
    Table table = new Table().row("").row("POOL", "SLOTS HERE", "PRICE/JOB", "NAME", "NOTE");
    for (PoolFit fit : fits) {
      String price = fit.perJob().isEmpty() ? "" : TokenAmount.parse(fit.perJob()).toHuman();
      table.row(fit.poolId(), fit.slots(), price, fit.name(), fit.reason());
    }
    List<String> lines = new ArrayList<>(table.lines());
    fits.stream()
        .filter(fit -> fit.slots() > 0)
        .findFirst()
        .ifPresent(fit -> lines.add("next: skep pool join " + fit.poolId() + " -n " + fit.slots()));
    return lines;
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
