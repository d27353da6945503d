package dev.skep.provider.cli;

import dev.skep.protocol.SkepException;
import dev.skep.provider.docker.DockerSettings;
import dev.skep.provider.docker.EngineFacts;
import dev.skep.provider.hardware.Benchmark;
import dev.skep.provider.hardware.Fitness;
import dev.skep.provider.hardware.Hardware;
import dev.skep.provider.hardware.HardwareProbe;
import dev.skep.provider.hardware.PoolFit;
import dev.skep.provider.hardware.Speeds;
import dev.skep.provider.limit.OwnerRules;
import dev.skep.provider.limit.OwnerRulesReader;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.queen.QueenApi;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.slot.JobSpecReader;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
    name = "evaluate",
    description =
        "Look at this machine and measure it; say which pools fit, what they pay, and why others do not.",
    footer = {
      "",
      "Examples:",
      "  skep evaluate",
      "  skep evaluate --quick --json    without measuring",
      "",
      "Measuring takes about ten seconds, writes at most 256 MiB below SKEP_HOME, and fetches from the",
      "queen. Exit code 5 when a finding says that no job can run here."
    })
public final class Evaluate extends Command {
  private static final int MOST_POOLS = 20;
  private static final Duration EACH_PART = Duration.ofSeconds(2);

  @Option(names = "--quick", description = "Only look, do not measure.")
  boolean quick;

  @Override
  protected int run() {
    print().progress("looking at this machine");
    Hardware machine = HardwareProbe.probe();
    EngineFacts docker = EngineFacts.read(DockerSettings.standard());
    Optional<Speeds> speeds = quick ? Optional.empty() : Optional.of(speeds());
    List<Finding> findings = new ArrayList<>(docker.findings());
    speeds.ifPresent(measured -> findings.addAll(Fitness.of(machine, measured)));
    Evaluation seen =
        new Evaluation(machine, docker, speeds, findings, new Pools(counter()).fits(machine));
    print().answer(EvaluationJson.of(seen), EvaluationText.lines(seen));
    boolean blocked = findings.stream().anyMatch(f -> f.severity() == Finding.Severity.BLOCKING);
    return blocked ? ExitCode.MACHINE : ExitCode.OK;
  }

  private Speeds speeds() {
    return new Benchmark(counter().home().folder(), EACH_PART, print()::progress)
        .measure(counter().queen());
  }

  /** What was seen; the pools are empty when no queen could be reached. */
  record Evaluation(
      Hardware machine,
      EngineFacts docker,
      Optional<Speeds> speeds,
      List<Finding> findings,
      Optional<List<PoolFit>> pools) {}

  /** The queen's open pools, judged by machine and owner's limits. */
  private record Pools(Counter counter) {

    /** Empty when no queen can be reached, which is nothing wrong with this machine. */
    Optional<List<PoolFit>> fits(Hardware machine) {
      try {
        QueenApi queen = counter.queen();
        OwnerRules rules = OwnerRulesReader.read(counter.home().limits());
        Hardware lent = machine.lending(rules.room().cards()::lends);
        List<PoolFit> fits = new ArrayList<>();
        for (JsonObject pool : open(queen)) {
          String path = "/api/pools/" + Answers.text(pool, "id");
          JsonObject shown = queen.get(path).object();
          fits.add(Answers.read(path, () -> byRules(PoolFit.judge(lent, shown), shown, rules)));
        }
        return Optional.of(fits);
      } catch (SkepException e) {
        counter.printer().progress("no pools looked at: " + e.getMessage());
        return Optional.empty();
      }
    }

    private static List<JsonObject> open(QueenApi queen) {
      return queen
          .get("/api/pools?state=OPEN&limit=" + MOST_POOLS)
          .list("pools")
          .getValuesAs(JsonObject.class);
    }

    private static PoolFit byRules(PoolFit fit, JsonObject pool, OwnerRules rules) {
      JobSpec job = JobSpecReader.wants(pool.getJsonObject("spec"));
      OwnerRules.Needs needs = PoolFit.needs(pool.getJsonObject("spec").getJsonObject("resources"));
      String owner = Answers.text(pool, "owner").toLowerCase(Locale.ROOT);
      try {
        rules.admit(new OwnerRules.Guest(fit.poolId(), owner, 1, needs), job);
        return fit.atMost(rules.fit(job, needs), "limited by limits.yml");
      } catch (SkepException e) {
        return fit.atMost(0, e.getMessage() + " (" + e.hint() + ")");
      }
    }
  }
}
