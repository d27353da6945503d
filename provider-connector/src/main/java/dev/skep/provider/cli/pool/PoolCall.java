package dev.skep.provider.cli.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.cli.job.JobStream;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.queen.QueenApi;
import dev.skep.provider.queen.QueenEvents;
import dev.skep.provider.queen.QueenReply;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "call",
    description = "Send one job to a pool and print its output.",
    footer = {
      "",
      "Examples:",
      "  skep pool call POOL_ID --input '{\"text\": \"hi\"}'",
      "  skep pool call POOL_ID --input @input.json",
      "  skep pool call POOL_ID --input 10 --stream",
      "  echo 42 | skep pool call POOL_ID --input - --async"
    })
public final class PoolCall extends Command {
  private static final int MOST_INPUT = WireLimits.MAX_BLOB;

  @Parameters(paramLabel = "POOL_ID", description = "The pool.")
  String pool;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "JSON|@FILE|-",
      description = "The job's input: JSON, a file of it, or - for stdin.")
  String input;

  @Option(names = "--async", description = "Do not wait: print the job's id.")
  boolean async;

  @Option(
      names = "--stream",
      description = "Print each part that the job yields as it comes; progress and log to stderr.")
  boolean stream;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Calls with the same key are one job. Default: a new key.")
  @Nullable String key;

  @Option(names = "--timeout", paramLabel = "SECONDS", description = "Default: 900.")
  int timeout = 900;

  @Override
  protected int run() throws IOException {
    byte[] body = body();
    QueenApi queen = counter().signedIn();
    Map<String, String> headers = new HashMap<>();
    headers.put("Idempotency-Key", key == null ? UUID.randomUUID().toString() : key);
    if (stream) {
      return stream(queen, body, headers);
    }
    headers.put("Prefer", async ? "respond-async" : "wait=30");
    QueenReply reply = queen.post("/pools/" + PoolId.parse(pool), body, headers);
    if (!reply.isSuccess()) {
      throw reply.refusal();
    }
    if (reply.status() != 202) {
      finished(reply.header("Skep-Job").orElse(""), reply.body());
    } else if (async) {
      accepted(reply.object());
    } else {
      awaitOutput(queen, Answers.text(reply.object(), "id"));
    }
    return ExitCode.OK;
  }

  private int stream(QueenApi queen, byte[] body, Map<String, String> headers) throws IOException {
    if (key == null) {
      headers.clear(); // without a key to come back with, hanging up cancels the job
    }
    String path = "/pools/" + PoolId.parse(pool);
    try (QueenEvents events = queen.postForEvents(path, body, headers)) {
      new JobStream(print(), place -> queen.get(place).body()).print(events);
    }
    return ExitCode.OK;
  }

  private byte[] body() throws IOException {
    byte[] bytes;
    if (input.equals("-")) {
      bytes = read(counter().surroundings().in());
    } else if (input.startsWith("@")) {
      bytes = file(Path.of(input.substring(1)));
    } else {
      bytes = input.getBytes(StandardCharsets.UTF_8);
    }
    if (bytes.length > MOST_INPUT) {
      throw wrong("the input is larger than " + MOST_INPUT + " bytes", null);
    }
    parse(bytes, "--input is not JSON");
    return bytes;
  }

  private static byte[] file(Path path) {
    try (InputStream from = Files.newInputStream(path)) {
      return read(from);
    } catch (IOException e) {
      throw wrong("cannot read the input file " + path, e);
    }
  }

  private static byte[] read(InputStream from) throws IOException {
    return from.readNBytes(MOST_INPUT + 1);
  }

  private static JsonValue parse(byte[] bytes, String why) {
    // As text: the byte reader guesses an encoding and fails on a document of one byte.
    String text = new String(bytes, StandardCharsets.UTF_8);
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readValue();
    } catch (JsonException e) {
      throw wrong(why + ": " + e.getMessage(), e);
    }
  }

  private static SkepException wrong(String why, @Nullable Exception e) {
    SkepException wrong =
        SkepException.of("input-invalid", 400)
            .fault(Fault.CALLER)
            .because(why)
            .hint("Give one JSON document, for example --input '{\"text\": \"hi\"}'.");
    return e == null ? wrong : wrong.causedBy(e);
  }

  private void accepted(JsonObject job) {
    String id = Answers.text(job, "id");
    print().answer(job, List.of(id, "next: skep job show " + id));
  }

  private void awaitOutput(QueenApi queen, String job) {
    JsonObject ended =
        counter()
            .patience(Duration.ofSeconds(timeout))
            .await(
                "job " + job,
                () ->
                    Optional.of(queen.get("/api/jobs/" + job).object()).filter(PoolCall::hasEnded));
    if (!Answers.text(ended, "state").equals("COMPLETED")) {
      throw notCompleted(job, ended);
    }
    finished(job, queen.get("/api/jobs/" + job + "/output").body());
  }

  private static boolean hasEnded(JsonObject job) {
    return !List.of("QUEUED", "LEASED").contains(Answers.text(job, "state"));
  }

  private static SkepException notCompleted(String job, JsonObject ended) {
    if (ended.get("problem") instanceof JsonObject problem) {
      return dev.skep.protocol.Problem.fromJson(problem).toException();
    }
    return SkepException.of("job-ended", 409)
        .fault(Fault.JOB)
        .because("job " + job + " ended as " + Answers.text(ended, "state"))
        .hint("skep job show " + job);
  }

  private void finished(String job, byte[] output) {
    JsonValue value = parse(output, "the queen's answer is not JSON");
    JsonObject answer = Json.createObjectBuilder().add("job", job).add("output", value).build();
    print().answer(answer, List.of(new String(output, StandardCharsets.UTF_8)));
    if (!print().isJson()) {
      print().progress("job " + job);
    }
  }
}
