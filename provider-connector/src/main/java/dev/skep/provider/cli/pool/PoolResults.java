package dev.skep.provider.cli.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.queen.QueenApi;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "results",
    description =
        "Fetch what became of a finite pool's inputs: one line each, in the order of the inputs.",
    footer = {
      "",
      "Examples:",
      "  skep pool results POOL_ID --output out.jsonl",
      "  skep pool results POOL_ID | jq .",
      "  skep pool results POOL_ID --from 5001 >> out.jsonl    what came since the first 5000",
      "",
      "A line is the job's own output, or {\"problem\": ..., \"job\": ...} when it failed. While the pool works,",
      "the lines end before the first input that has not ended. How long they are kept: docs/operations.md."
    })
public final class PoolResults extends Command {
  @Parameters(paramLabel = "POOL_ID", description = "The pool.")
  String pool;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where the lines go; - is the standard output, which is the default.")
  String output = "-";

  @Option(names = "--from", paramLabel = "N", description = "Begin at this input. Default: 1.")
  int from = 1;

  @Override
  protected int run() {
    PoolId id = PoolId.parse(pool);
    if (from < 1) {
      throw SkepException.of("usage", 400)
          .fault(Fault.CALLER)
          .because("--from must be 1 or more")
          .hint("skep pool results --help");
    }
    QueenApi queen = counter().signedIn();
    try (InputStream lines = queen.open("/api/pools/" + id + "/results?from=" + from, 0).body()) {
      long count = output.equals("-") ? copy(lines, stdout()) : save(lines, Path.of(output));
      if (!output.equals("-")) {
        tell(queen.get("/api/pools/" + id).object(), count);
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw brokenOff(e);
    }
  }

  private OutputStream stdout() {
    return counter().surroundings().out();
  }

  /** The file appears whole or not at all. */
  private static long save(InputStream lines, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    long count;
    try (OutputStream out = Files.newOutputStream(part)) {
      count = copy(lines, out);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return count;
  }

  private static long copy(InputStream lines, OutputStream to) throws IOException {
    LineFeeds out = new LineFeeds(new BufferedOutputStream(to, 1 << 16));
    lines.transferTo(out);
    out.flush();
    return out.count;
  }

  /** Counts lines as they pass. */
  private static final class LineFeeds extends FilterOutputStream {
    private long count;

    LineFeeds(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      for (int i = from; i < from + length; i++) {
        count += bytes[i] == '\n' ? 1 : 0;
      }
      out.write(bytes, from, length);
    }
  }

  private void tell(JsonObject shown, long count) {
    long last = from - 1 + count;
    int total = shown.getJsonObject("inputs").getInt("total");
    String rest = last < total ? "; the rest later with --from " + (last + 1) : "";
    JsonObject answer =
        Json.createObjectBuilder()
            .add("id", Answers.text(shown, "id"))
            .add("lines", count)
            .add("last", last)
            .add("total", total)
            .build();
    print().answer(answer, List.of(output + ": results up to " + last + " of " + total + rest));
  }

  private static SkepException brokenOff(IOException why) {
    return SkepException.of("results-broken-off", 503)
        .fault(Fault.PLATFORM)
        .because("the results broke off: " + why.getMessage())
        .hint("Run the same command again.")
        .causedBy(why);
  }
}
