package dev.skep.provider.cli.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.connection.Connector;
import dev.skep.provider.control.ControlFiles;
import dev.skep.provider.control.Steered;
import dev.skep.provider.control.Steering;
import dev.skep.provider.data.DataCache;
import dev.skep.provider.dependency.FileSource;
import dev.skep.provider.dependency.Layers;
import dev.skep.provider.dependency.Sources;
import dev.skep.provider.docker.DockerRuntime;
import dev.skep.provider.docker.DockerSettings;
import dev.skep.provider.docker.Kernel;
import dev.skep.provider.hardware.PoolFit;
import dev.skep.provider.home.MachineId;
import dev.skep.provider.home.OneConnector;
import dev.skep.provider.jms.JmsLinkDialer;
import dev.skep.provider.limit.OwnerRules;
import dev.skep.provider.limit.OwnerRulesReader;
import dev.skep.provider.network.EgressPolicy;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.queen.JobBlobs;
import dev.skep.provider.queen.PoolFiles;
import dev.skep.provider.queen.QueenApi;
import dev.skep.provider.queen.QueenDesk;
import dev.skep.provider.queen.QueenInfo;
import dev.skep.provider.queen.StandingSignIn;
import dev.skep.provider.runtime.FakeRuntime;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.JobRuntime;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.slot.DataReader;
import dev.skep.provider.slot.JobSpecReader;
import dev.skep.provider.slot.SeatState;
import dev.skep.provider.stream.StreamPlane;
import dev.skep.provider.update.Installation;
import dev.skep.provider.update.RunningProgram;
import dev.skep.provider.update.Supervisor;
import dev.skep.provider.update.Updater;
import dev.skep.provider.update.VersionNote;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
      "  skep pool join POOL_ID --auto-update",
      "",
      "What this machine lends at most, when and to whom stands in SKEP_HOME/limits.yml.",
      "Stopping finishes what runs, sends the results and leaves without penalty.",
      "Results that the queen has not accepted yet are kept in memory only.",
      "With --auto-update the queen is asked every SKEP_UPDATE_EVERY seconds (600); a new version that",
      "does not connect within SKEP_UPDATE_LIMIT seconds (180) is replaced by the one before."
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
      names = "--sandbox",
      paramLabel = "NAME",
      description =
          "runc (default); runsc: gVisor between jobs and this machine's kernel; auto: gVisor if installed.")
  String sandbox = "runc";

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

  @Option(
      names = "--auto-update",
      description = "Change over to the queen's newer version by itself, between jobs.")
  boolean autoUpdate;

  @Spec CommandSpec spec;

  @Override
  protected int run() throws InterruptedException {
    PoolId id = PoolId.parse(pool);
    if (count < 1 || count > 1000) {
      throw usage("-n must be between 1 and 1000");
    }
    return autoUpdate ? supervise() : join(id);
  }

  /** This process only watches; the connector is its child, with the same words. */
  private int supervise() throws InterruptedException {
    Installation installation = Installation.running();
    Updater updater = new Updater(installation, counter().queen(), percent -> {});
    Map<String, String> environment = counter().surroundings().environment();
    Supervisor.Rhythm rhythm = Supervisor.Rhythm.of(environment);
    Supervisor supervisor = new Supervisor(installation, updater, rhythm, print()::progress);
    Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop"));
    List<String> words = spec.root().commandLine().getParseResult().originalArgs();
    return supervisor.run(words.stream().filter(word -> !word.equals("--auto-update")).toList());
  }

  /** Tells the process that watches over this one, if there is one. */
  private void tellReady() {
    String file = counter().surroundings().environment().get(Supervisor.READY_FILE);
    if (file != null) {
      try {
        Files.writeString(Path.of(file), "connected\n");
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + file, e);
      }
    }
  }

  private int join(PoolId id) throws InterruptedException {
    OwnerRules rules = rules();
    try (OneConnector only = OneConnector.of(counter().home(), counter().wallet().address());
        JobRuntime engine = openRuntime(rules)) {
      tellFindings(engine);
      VersionNote.of(counter().queen()).ifPresent(note -> print().progress("note: " + note));
      Connector connector = new Connector(count, parallelStarts(), parts(id, engine, rules));
      Thread stopper = new Thread(() -> stop(connector), "stop");
      Runtime.getRuntime().addShutdownHook(stopper);
      try (Steering owner = steering(connector, rules).start()) {
        connector.run();
      }
      return ExitCode.OK;
    }
  }

  private Steering steering(Connector connector, OwnerRules rules) {
    return new Steering(
        new ControlFiles(counter().home(), counter().wallet().address()),
        new Steered() {
          @Override
          public void pause(boolean paused) {
            connector.pause(paused);
          }

          @Override
          public void drain() {
            new Thread(() -> stop(connector), "drain").start();
          }

          @Override
          public List<SeatState> seats() {
            return connector.seats();
          }
        },
        new Steering.Plan(rules.hours(), LocalTime::now, pool));
  }

  private Connector.Parts parts(PoolId id, JobRuntime engine, OwnerRules rules) {
    JsonObject machine =
        Json.createObjectBuilder()
            .add("machineId", MachineId.of(counter().home()))
            .add("software", RunningProgram.software().toString())
            .add("takes", Json.createArrayBuilder().add("blobs"))
            .build();
    Layers layers = new Layers(counter().home().cache());
    Supplier<QueenApi> signedIn =
        new StandingSignIn(counter()::freshSignIn, counter().surroundings().clock());
    PoolFiles travelling = new PoolFiles(signedIn, id);
    JobBlobs blobs = new JobBlobs(signedIn);
    FileSource files = Sources.of(travelling);
    JobSpecReader jobs = new JobSpecReader(data(travelling), INIT, lock -> layers.of(lock, files));
    return new Connector.Parts(
        new QueenDesk(
            counter()::freshSignIn, id, machine, job -> admitted(jobs, job, rules), blobs),
        new JmsLinkDialer(),
        engine,
        new StreamPlane(counter().planeDialer()),
        new JoinTale(print(), id, this::tellReady),
        counter().surroundings().clock(),
        Connector.PATIENCE,
        blobs);
  }

  private DataReader data(PoolFiles travelling) {
    DataCache cache = new DataCache(counter().home().cache().resolve("data"), DataCache.BOUND);
    DataTale tale = new DataTale(print());
    return new DataReader(
        counter().home().models(),
        (name, set) -> cache.of(set, travelling, tale.fetching(name, set)));
  }

  private JobSpec admitted(JobSpecReader jobs, JsonObject told, OwnerRules rules) {
    JobSpec job = jobs.read(told);
    JsonObject shown = counter().queen().get("/api/pools/" + pool).object();
    String owner = Answers.text(shown, "owner").toLowerCase(Locale.ROOT);
    rules.admit(new OwnerRules.Guest(Answers.text(shown, "id"), owner, count), job);
    new DataTale(print()).unverified(told.getJsonObject("spec").getJsonArray("models"));
    PoolFit.checkNeeds(told.getJsonObject("spec").getJsonObject("resources"));
    return job;
  }

  /** The options win over the file. */
  private OwnerRules rules() {
    OwnerRules file = OwnerRulesReader.read(counter().home().limits());
    return network.isEmpty() ? file : file.with(EgressPolicy.of(network));
  }

  private static int parallelStarts() {
    return Math.min(MOST_PARALLEL_STARTS, Runtime.getRuntime().availableProcessors());
  }

  private JobRuntime openRuntime(OwnerRules rules) {
    return switch (runtime) {
      case "docker" ->
          DockerRuntime.open(
              DockerSettings.standard().with(rules.network()).with(Kernel.named(sandbox)));
      case "fake" -> fake();
      default -> throw usage("--runtime is docker or fake, not '" + runtime + "'");
    };
  }

  /** Answers that nobody computed must never be sold. */
  private JobRuntime fake() {
    QueenInfo queen = counter().info();
    if (!queen.chain().hasFaucet()) {
      throw SkepException.of("fake-runtime-refused", 400)
          .fault(Fault.CALLER)
          .because(
              "--runtime fake answers without running anybody's code; the chain of this queen ("
                  + queen.chain().chainId()
                  + ") pays for real work")
          .hint("Join with --runtime docker, or try it with a queen of your own: bin/queen start.");
    }
    return new FakeRuntime();
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
