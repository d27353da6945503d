package dev.skep.provider.cli.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.provider.bulk.BulkRun;
import dev.skep.provider.bulk.HttpBulkQueen;
import dev.skep.provider.bulk.InputLines;
import dev.skep.provider.bulk.LineCount;
import dev.skep.provider.bulk.RunJournal;
import dev.skep.provider.bulk.RunMark;
import dev.skep.provider.bulk.RunOutput;
import dev.skep.provider.bulk.RunPlan;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "run",
    description = "Send every line of a file through a pool; the answers come in the same order.",
    footer = {
      "",
      "Examples:",
      "  skep pool run POOL_ID --inputs in.jsonl --output out.jsonl",
      "  generate | skep pool run POOL_ID --inputs - --output - --run-id nightly-7 > out.jsonl",
      "",
      "Whatever dies meanwhile, the same command goes on where the run stood: OUTPUT.journal keeps",
      "the place, OUTPUT.part what was answered, OUTPUT appears when it is whole. No line is lost or",
      "paid twice. A run to stdout begins anew, but with the same --run-id it pays for no line twice.",
      "",
      "A line that fails is answered {\"problem\": ...}. Exit code 0: every line has an output;",
      "1: some failed; 3: refused, or nobody funded the pool in time; 4: the queen is gone."
    })
public final class PoolRun extends Command {
  private static final int MOST_WINDOW = 4096;

  /** What to do with a line that fails. */
  enum Failures {
    keep,
    stop
  }

  @Parameters(paramLabel = "POOL_ID", description = "The pool.")
  String pool;

  @Option(
      names = "--inputs",
      required = true,
      paramLabel = "FILE|-",
      description = "One JSON value per line; - for stdin.")
  String inputs;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE|-",
      description = "One answer per line; - for stdout.")
  String output;

  @Option(names = "--window", paramLabel = "N", description = "Lines in flight. Default: 256.")
  int window = 256;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Names the run: the same id and line are the same job. Default: a new one.")
  @Nullable String runId;

  @Option(
      names = "--failures",
      paramLabel = "keep|stop",
      description = "Write a failed line's problem and go on (default), or stop before it.")
  Failures failures = Failures.keep;

  @Option(
      names = "--retries",
      paramLabel = "N",
      description = "New jobs for a line whose job failed by others' fault. Default: 3.")
  int retries = 3;

  @Option(
      names = "--patience",
      paramLabel = "MINUTES",
      description =
          "How long to wait for the queen, or for funds, without any progress. Default: 15.")
  int patience = 15;

  private volatile boolean underway;

  @Override
  protected int run() throws IOException, InterruptedException {
    PoolId id = PoolId.parse(pool);
    checkOptions();
    if (output.equals("-")) {
      return toStream(id);
    }
    Path target = Path.of(output);
    Path journalFile = RunJournal.beside(target);
    requireFree(target, journalFile);
    try (RunJournal journal =
        RunJournal.open(journalFile, id, runId, UUID.randomUUID().toString())) {
      return toFile(id, target, journal);
    }
  }

  private void checkOptions() {
    if (window < 1 || window > MOST_WINDOW || retries < 0 || patience < 0) {
      throw usage("--window is 1 to " + MOST_WINDOW + ", --retries and --patience 0 or more");
    }
    if (runId != null && !runId.matches("[A-Za-z0-9._-]{1,100}")) {
      throw usage("--run-id is 1 to 100 letters, digits, dots, dashes and underscores");
    }
  }

  /** What a run of another time wrote is never written over, nor paid for again. */
  private static void requireFree(Path target, Path journal) {
    if (Files.exists(target) && !Files.exists(journal)) {
      throw SkepException.of("output-exists", 409)
          .fault(Fault.CALLER)
          .because(target + " is there already, and no run is at work on it")
          .hint("Remove it or give another --output.");
    }
  }

  private int toStream(PoolId id) throws IOException, InterruptedException {
    String run = runId == null ? UUID.randomUUID().toString() : runId;
    try (RunOutput to = RunOutput.to(counter().surroundings().out());
        InputLines lines = new InputLines(source())) {
      return go(id, plan(run), lines, to, RunMark.START);
    }
  }

  private int toFile(PoolId id, Path target, RunJournal journal)
      throws IOException, InterruptedException {
    if (journal.begin().done()) {
      RunOutput.settleDone(target, journal);
      return told(journal.run(), journal.begin(), null);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::tellStopped, "stopped"));
    try (RunOutput to = RunOutput.to(target, journal);
        InputLines lines = new InputLines(source())) {
      if (journal.begin().lines() > 0) {
        print().progress("going on after line " + journal.begin().lines());
        lines.skipTo(journal.begin());
      }
      underway = true;
      return go(id, plan(journal.run()), lines, to, journal.begin());
    } finally {
      underway = false;
    }
  }

  /** Ctrl-C, with which nothing is lost. */
  private void tellStopped() {
    if (underway) {
      print().progress("stopped; the same command goes on where this run stood");
    }
  }

  private RunPlan plan(String run) {
    boolean stop = failures == Failures.stop;
    return new RunPlan(run, window, retries, stop, Duration.ofMinutes(patience));
  }

  private int go(PoolId id, RunPlan plan, InputLines lines, RunOutput to, RunMark begin)
      throws IOException, InterruptedException {
    JsonObject shown = counter().queen().get("/api/pools/" + id).object();
    long total = total();
    if (total > 0) {
      RunPrice.of(shown).tell(pool, total - begin.lines()).forEach(print()::progress);
    }
    RunBar bar = bar(begin, total);
    HttpBulkQueen queen =
        new HttpBulkQueen(counter().signedIn(), () -> counter().freshSignIn(), id);
    RunMark end = new BulkRun(queen, plan, bar).run(lines, to);
    bar.end(end);
    return told(plan.run(), end, bar);
  }

  private RunBar bar(RunMark begin, long total) {
    boolean terminal = System.console() != null && !print().isJson();
    return new RunBar(
        begin.lines(),
        total,
        terminal,
        text -> counter().surroundings().err().print(text),
        text -> print().progress(text.strip()));
  }

  private int told(String run, RunMark end, @Nullable RunBar bar) {
    var summary =
        Json.createObjectBuilder()
            .add("run", run)
            .add("pool", pool)
            .add("lines", end.lines())
            .add("completed", end.lines() - end.failed())
            .add("failed", end.failed())
            .add("cost", end.cost().toString())
            .add("output", output);
    if (bar != null) {
      summary.add("seconds", bar.elapsed().toMillis() / 1000.0);
      summary.add("linesPerSecond", Math.round(bar.rate(end)));
    }
    tell(summary.build(), end);
    return end.failed() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Where stdout carries the answers, the summary must not. */
  private void tell(JsonObject summary, RunMark end) {
    String text = end.lines() + " lines, " + end.failed() + " failed, cost " + end.cost().toHuman();
    if (output.equals("-")) {
      print().progress(print().isJson() ? summary.toString() : text);
    } else {
      print().answer(summary, List.of(text));
    }
  }

  private InputStream source() {
    try {
      return inputs.equals("-")
          ? counter().surroundings().in()
          : Files.newInputStream(Path.of(inputs));
    } catch (IOException e) {
      throw usage("cannot read the inputs " + inputs).causedBy(e);
    }
  }

  /** How many lines there are; 0 when only reading them all would tell. */
  private long total() throws IOException {
    if (inputs.equals("-") || !Files.isRegularFile(Path.of(inputs))) {
      return 0;
    }
    try (InputStream in = Files.newInputStream(Path.of(inputs))) {
      return LineCount.of(in);
    }
  }

  private static SkepException usage(String why) {
    return SkepException.of("usage", 400)
        .fault(Fault.CALLER)
        .because(why)
        .hint("skep pool run --help");
  }
}
