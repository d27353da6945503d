package dev.skep.provider.cli.job;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.JobId;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.queen.QueenReply;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "output",
    description = "Print or save what a job returned, byte by byte.",
    footer = {
      "",
      "Examples:",
      "  skep job output JOB_ID",
      "  skep job output JOB_ID --output result.json",
      "",
      "Outputs and logs are kept for a time that the queen states (resultsKeptUntil in 'job show')."
    })
public final class JobOutput extends Command {
  @Parameters(paramLabel = "JOB_ID", description = "The job.")
  String job;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write it there; a file is replaced.")
  @Nullable Path output;

  @Override
  protected int run() {
    QueenReply reply = counter().signedIn().get("/api/jobs/" + JobId.parse(job) + "/output");
    if (output == null) {
      String text = new String(reply.body(), StandardCharsets.UTF_8);
      print().answer(value(reply.body()), List.of(text));
      return ExitCode.OK;
    }
    save(output, reply.body());
    JsonObject saved =
        Json.createObjectBuilder()
            .add("file", output.toString())
            .add("bytes", reply.body().length)
            .build();
    print().answer(saved, List.of("wrote " + reply.body().length + " bytes to " + output));
    return ExitCode.OK;
  }

  private static JsonValue value(byte[] body) {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
      return reader.readValue();
    }
  }

  private static void save(Path file, byte[] body) {
    try {
      Files.write(file, body);
    } catch (IOException e) {
      throw SkepException.of("file-unwritable", 400)
          .fault(Fault.CALLER)
          .because("cannot write " + file + ": " + e.getMessage())
          .hint("Give --output a place that you may write to.")
          .causedBy(e);
    }
  }
}
