package dev.skep.provider.cli.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.JobVariables;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.data.OwnSets;
import dev.skep.provider.dependency.Resolution;
import dev.skep.provider.dependency.Resolved;
import dev.skep.provider.dependency.Scratch;
import dev.skep.provider.pool.FiniteInputs;
import dev.skep.provider.pool.JobFile;
import dev.skep.provider.pool.OwnerSecrets;
import dev.skep.provider.pool.PoolConfig;
import dev.skep.provider.pool.PoolConfigReader;
import dev.skep.provider.pool.PoolSpec;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.queen.PoolFiles;
import dev.skep.provider.queen.QueenApi;
import dev.skep.provider.queen.StandingSignIn;
import dev.skep.provider.wallet.PoolFunds;
import dev.skep.provider.wallet.Purse;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
    name = "new",
    description =
        "List a pool: upload its program, open it on the chain, deposit, wait until it takes jobs.",
    footer = {
      "",
      "Example:",
      "  skep pool new --config pool.yml --job job.py",
      "  skep pool new --config pool.yml --job job.mjs",
      "",
      "Keys of the config (YAML; anything else is refused; docs/pool-file.md tells them all):",
      "  name: word counts             what people see",
      "  runtime: python               python or node; default: by the ending of --job",
      "  image: python                 alias, name@sha256:digest or sha256:id; default: our own",
      "  dependencies: requirements.txt    or package.json; pinned by hash here and now",
      "  resources: {cpus: 1, memory: 256m, pids: 128, tmp: 64m, disk: 1g, gpus: 0, vram: 8g}",
      "  models: [{name: dslim/bert-base-NER, path: ./ner}]    a folder of yours; travels with the pool",
      "  data: [{name: words, path: ./words}]    a file or folder of yours, read-only at /data/words",
      "  network: none                 or a list: [api.example.org:443]",
      "  env: {LANG: C.UTF-8}          every provider who runs the job can read it",
      "  secrets: [API_KEY]            from your environment; every provider who runs the job can read it",
      "  slots: 4                      the same as --limit",
      "  perUser: 4                    slots per provider",
      "  price: {perJob: 0.01 SKEP, perSecond: 0 SKEP}",
      "  maxPerJob: 0.02 SKEP          default: all copies at their run limit",
      "  deposit: 10 SKEP              default: 100 jobs",
      "  verification: {policy: quorum, copies: 2, agree: 2, distinct: wallet}",
      "                                policies: spot-check (default), quorum, none (trustProviders: true)",
      "  deadlines: {queue: 10m, run: 60s, total: 15m}",
      "  retries: 4                    attempts after failures that are not the job's",
      "  output: {maxBytes: 1m}",
      "  inputs: {file: in.jsonl}      or {range: [0, 1000]}: a finite pool",
      "  access: owner                 owner, signed-in or public",
      "",
      "Templates gpu and proxy come in a later version; 'custom' with --config and --job works today."
    })
public final class PoolNew extends Command {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Option(names = "--config", paramLabel = "FILE", description = "The pool's YAML file.")
  @Nullable Path config;

  @Option(names = "--job", paramLabel = "FILE", description = "The program: .py, .mjs or .js.")
  @Nullable Path job;

  @Option(names = "--limit", paramLabel = "N", description = "Slots in all; overrides 'slots'.")
  @Nullable Integer limit;

  @Option(names = "--deposit", paramLabel = "AMOUNT", description = "Overrides 'deposit'.")
  @Nullable String deposit;

  @Option(
      names = "--template",
      paramLabel = "NAME",
      description = "custom (default); gpu and proxy come in a later version.")
  String template = "custom";

  @Option(names = "--model", paramLabel = "NAME", description = "For --template gpu, later.")
  @Nullable String model;

  @Option(names = "--per-user", paramLabel = "N", description = "For --template proxy, later.")
  @Nullable Integer perUser;

  @Override
  protected int run() {
    checkTemplate();
    PoolConfig wanted = wanted();
    JobFile program = JobFile.read(path(job), wanted.job());
    try (Scratch scratch = Scratch.make()) {
      Optional<Resolved> resolved = resolve(wanted, program, scratch);
      OwnSets sets = OwnSets.read(wanted.job(), folder());
      new DataTale(print()).hashed(sets);
      return list(wanted, program, new Luggage(resolved, sets, scratch.folder()));
    }
  }

  private int list(PoolConfig wanted, JobFile program, Luggage luggage) {
    PoolSpec.Files files =
        new PoolSpec.Files(
            program.runtime(),
            luggage.packages().map(Resolved::lock),
            FiniteInputs.of(wanted.inputs(), folder()),
            OwnSets.terms(luggage.sets().data()),
            OwnSets.terms(luggage.sets().models()));
    JobVariables secrets = secrets(wanted);
    QueenApi queen = counter().signedIn();
    Purse purse = counter().purse(PATIENCE);
    PoolFunds funds = new PoolFunds(purse, counter().surroundings().clock());
    funds.ensureBalance(wanted.money().deposit());
    JsonObject made = queen.post("/api/pools", request(wanted, program, files, secrets)).object();
    PoolId pool = Answers.read("/api/pools", () -> PoolId.parse(made.getString("id")));
    Supplier<QueenApi> signedIn =
        new StandingSignIn(counter()::freshSignIn, counter().surroundings().clock());
    PoolFiles travelling = new PoolFiles(signedIn, pool);
    luggage.bring(travelling, new DataTale(print()));
    files.inputs().ifPresent(inputs -> travelling.putAll(inputs.file(), bytes -> {}));
    files.inputs().ifPresent(inputs -> tellCover(wanted.money(), inputs.count()));
    print()
        .progress("pool " + pool + " is listed; depositing " + wanted.money().deposit().toHuman());
    String tx = funds.open(pool, wanted.money().deposit());
    JsonObject open = awaitOpen(queen, purse, pool);
    print().answer(answer(open, tx), lines(open));
    return ExitCode.OK;
  }

  /** A pool that runs dry waits: better known now than the next morning. */
  private void tellCover(PoolConfig.Money money, int inputs) {
    if (money.deposit().compareTo(money.maxPerJob().times(inputs)) < 0) {
      print()
          .progress(
              "note: "
                  + inputs
                  + " inputs may cost "
                  + money.maxPerJob().times(inputs).toHuman()
                  + "; the pool waits when its deposit is used up (skep pool fund)");
    }
  }

  private void checkTemplate() {
    if (template.equals("custom")) {
      return;
    }
    boolean later = List.of("gpu", "proxy", "storage").contains(template);
    throw SkepException.of(later ? "template-not-yet" : "template-unknown", 400)
        .fault(Fault.CALLER)
        .because(
            later
                ? "the template '" + template + "' comes in a later version"
                : "there is no template '" + template + "'")
        .hint("Your own program works today: skep pool new --config pool.yml --job job.py");
  }

  private PoolConfig wanted() {
    path(job);
    PoolConfig read = PoolConfigReader.read(path(config));
    if (limit != null) {
      if (limit < 1 || limit > 10_000) {
        throw usage("--limit must be between 1 and 10000");
      }
      read = read.withSlots(limit);
    }
    return deposit == null ? read : read.withDeposit(TokenAmount.parseHuman(deposit));
  }

  private Path folder() {
    return Optional.ofNullable(path(config).toAbsolutePath().getParent()).orElseThrow();
  }

  private Optional<Resolved> resolve(PoolConfig wanted, JobFile program, Scratch scratch) {
    Optional<PoolConfig.Dependencies> asked = wanted.job().dependencies();
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    print().progress("pinning the packages of " + asked.get().file());
    Optional<Resolved> resolved = Resolution.of(asked.get(), folder(), program.runtime(), scratch);
    resolved.ifPresent(
        found ->
            print()
                .progress(
                    "packages pinned by hash: "
                        + found.lock().files().size()
                        + ", of these travel with the pool: "
                        + found.uploads().size()));
    return resolved;
  }

  private JobVariables secrets(PoolConfig wanted) {
    JobVariables secrets =
        OwnerSecrets.of(wanted.job().secrets(), counter().surroundings().environment());
    if (!secrets.values().isEmpty()) {
      print()
          .progress(
              "note: every provider who runs the job can read the secrets "
                  + String.join(", ", secrets.values().keySet()));
    }
    return secrets;
  }

  private static Path path(@Nullable Path given) {
    if (given == null) {
      throw usage("--config FILE and --job FILE are both needed");
    }
    return given;
  }

  private static SkepException usage(String why) {
    return SkepException.of("usage", 400)
        .fault(Fault.CALLER)
        .because(why)
        .hint("skep pool new --help");
  }

  private static JsonObject request(
      PoolConfig wanted, JobFile program, PoolSpec.Files files, JobVariables secrets) {
    JsonObjectBuilder values = Json.createObjectBuilder();
    secrets.values().forEach(values::add);
    return Json.createObjectBuilder()
        .add("name", wanted.name())
        .add("template", "custom")
        .add("program", Base64.getEncoder().encodeToString(program.program()))
        .add("spec", PoolSpec.of(wanted, files))
        .add("secrets", values)
        .build();
  }

  private static JsonObject awaitOpen(QueenApi queen, Purse purse, PoolId pool) {
    return purse
        .patience()
        .await(
            "the deposit to be safe on the chain",
            () ->
                Optional.of(queen.get("/api/pools/" + pool).object())
                    .filter(shown -> Answers.text(shown, "state").equals("OPEN")));
  }

  private static JsonObject answer(JsonObject open, String tx) {
    return Json.createObjectBuilder(open).add("depositTx", tx).build();
  }

  private static List<String> lines(JsonObject open) {
    String id = Answers.text(open, "id");
    return List.of(
        "pool " + id + " is open",
        "POOL_URL " + Answers.text(open, "poolUrl"),
        "next: skep pool join " + id + " -n 1    (on a machine that lends its power)",
        open.containsKey("inputs")
            ? "then: skep pool show " + id + "    (how far its inputs are)"
            : "then: skep pool call " + id + " --input '{...}'");
  }
}
