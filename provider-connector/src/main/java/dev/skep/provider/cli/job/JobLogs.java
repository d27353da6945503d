package dev.skep.provider.cli.job;

import dev.skep.protocol.id.JobId;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "logs",
    description = "Print what a job's program wrote.",
    footer = {"", "Example:", "  skep job logs JOB_ID"})
public final class JobLogs extends Command {
  @Parameters(paramLabel = "JOB_ID", description = "The job.")
  String job;

  @Override
  protected int run() {
    String path = "/api/jobs/" + JobId.parse(job) + "/logs";
    JsonArray logs = counter().signedIn().get(path).list("logs");
    List<String> lines = new ArrayList<>();
    for (JsonObject log : logs.getValuesAs(JsonObject.class)) {
      String cut = Answers.text(log, "truncated").equals("true") ? " (cut)" : "";
      lines.add("--- attempt " + Answers.text(log, "attempt") + cut);
      Answers.text(log, "text").lines().forEach(lines::add);
    }
    print().answer(logs, lines.isEmpty() ? List.of("nothing was written") : lines);
    return ExitCode.OK;
  }
}
