package dev.skep.provider.cli.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.connection.Connector;
import dev.skep.provider.dependency.FileSource;
import dev.skep.provider.dependency.Layers;
import dev.skep.provider.dependency.Sources;
import dev.skep.provider.docker.DockerRuntime;
import dev.skep.provider.docker.DockerSettings;
import dev.skep.provider.hardware.PoolFit;
import dev.skep.provider.home.MachineId;
import dev.skep.provider.home.OneConnector;
import dev.skep.provider.jms.JmsLinkDialer;
import dev.skep.provider.network.AddressRange;
import dev.skep.provider.network.EgressPolicy;
import dev.skep.provider.queen.PoolFiles;
import dev.skep.provider.queen.QueenDesk;
import dev.skep.provider.runtime.FakeRuntime;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.JobRuntime;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.slot.JobSpecReader;
import dev.skep.provider.stream.StreamPlane;
import dev.skep.provider.update.RunningProgram;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "join",
    description =
        "Lend slots of this machine to a pool: runs until it is stopped (Ctrl-C, SIGTERM).",
    footer = {
      "",
      "Examples:",
      "  skep pool join POOL_ID          one slot",
      "  skep pool join POOL_ID -n 10    ten slots, ten containers",
      "  skep pool join POOL_ID --allow-network    a pool whose jobs fetch from the sites it lists",
      "",
      "Stopping finishes what runs, sends the results and leaves without penalty.",
      "Results that the queen has not accepted yet are kept in memory only."
    })
public class PoolJoin extends Command {
  private static final Duration INIT = Duration.ofMinutes(5);
  private static final int MOST_PARALLEL_STARTS = 4;

  @Parameters(paramLabel = "POOL_ID", description = "The pool.")
  String pool;

  @Option(names = "-n", paramLabel = "N", description = "How many slots. Default: 1.")
  int count = 1;

  @Option(
      names = "--runtime",
      paramLabel = "NAME",
      description = "docker (default), or fake: answers without running anybody's code.")
  String runtime = "docker";

  @Option(
      names = "--allow-network",
      paramLabel = "RANGES",
      arity = "0..1",
      fallbackValue = "public",
      split = ",",
      description =
          "Join also pools whose jobs need the network. They reach what the pool lists and nothing else; "
              + "private networks and mail only in RANGES (such as 192.168.1.0/24).")
  List<String> network = List.of();

  @Override
  protected int run() throws InterruptedException {
    PoolId id = PoolId.parse(pool);
    if (count < 1 || count > 1000) {
      throw usage("-n must be between 1 and 1000");
    }
    try (OneConnector only = OneConnector.of(counter().home(), counter().wallet().address());
        JobRuntime engine = openRuntime()) {
      tellFindings(engine);
      Connector connector = new Connector(count, parallelStarts(), parts(id, engine));
      Thread stopper = new Thread(() -> stop(connector), "stop");
      Runtime.getRuntime().addShutdownHook(stopper);
      connector.run();
      return ExitCode.OK;
    }
  }

  private Connector.Parts parts(PoolId id, JobRuntime engine) {
    JsonObject machine =
        Json.createObjectBuilder()
            .add("machineId", MachineId.of(counter().home()))
            .add("software", RunningProgram.software().toString())
            .build();
    Layers layers = new Layers(counter().home().cache());
    FileSource files = Sources.of(new PoolFiles(counter()::freshSignIn, id));
    JobSpecReader jobs =
        new JobSpecReader(counter().home().models(), INIT, lock -> layers.of(lock, files));
    return new Connector.Parts(
        new QueenDesk(counter()::freshSignIn, id, machine, job -> admitted(jobs, job)),
        new JmsLinkDialer(),
        engine,
        new StreamPlane(counter().planeDialer()),
        new JoinTale(print(), id),
        counter().surroundings().clock(),
        Connector.PATIENCE);
  }

  private JobSpec admitted(JobSpecReader jobs, JsonObject told) {
    JobSpec job = jobs.read(told);
    egress().admit(job.network());
    PoolFit.checkNeeds(told.getJsonObject("spec").getJsonObject("resources"));
    return job;
  }

  private EgressPolicy egress() {
    List<AddressRange> ranges =
        network.stream().filter(range -> !range.equals("public")).map(AddressRange::parse).toList();
    return new EgressPolicy(!network.isEmpty(), ranges);
  }

  private static int parallelStarts() {
    return Math.min(MOST_PARALLEL_STARTS, Runtime.getRuntime().availableProcessors());
  }

  private JobRuntime openRuntime() {
    return switch (runtime) {
      case "docker" -> DockerRuntime.open(DockerSettings.standard().with(egress()));
      case "fake" -> new FakeRuntime();
      default -> throw usage("--runtime is docker or fake, not '" + runtime + "'");
    };
  }

  private void tellFindings(JobRuntime engine) {
    for (Finding finding : engine.findings()) {
      if (finding.severity() == Finding.Severity.BLOCKING) {
        throw SkepException.of(finding.code(), 503)
            .fault(Fault.PROVIDER)
            .because(finding.message())
            .hint(finding.fix());
      }
      if (finding.severity() == Finding.Severity.WARNING) {
        print().progress("note: " + finding.message() + " " + finding.fix());
      }
    }
  }

  private static void stop(Connector connector) {
    try {
      connector.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static SkepException usage(String why) {
    return SkepException.of("usage", 400)
        .fault(Fault.CALLER)
        .because(why)
        .hint("skep pool join --help");
  }
}
