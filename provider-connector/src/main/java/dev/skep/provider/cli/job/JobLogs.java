package dev.skep.provider.cli.job;

import dev.skep.protocol.id.JobId;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.queen.QueenEvents;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "logs",
    description = "Print what a job's program wrote.",
    footer = {"", "Examples:", "  skep job logs JOB_ID", "  skep job logs -f JOB_ID"})
public final class JobLogs extends Command {
  @Parameters(paramLabel = "JOB_ID", description = "The job.")
  String job;

  @Option(
      names = {"-f", "--follow"},
      description = "Print what it writes as it writes it, until the job ends.")
  boolean follow;

  @Override
  protected int run() throws IOException {
    return follow ? follow() : kept();
  }

  private int follow() throws IOException {
    String path = "/api/jobs/" + JobId.parse(job) + "/logs?follow=true";
    try (QueenEvents events = counter().signedIn().events(path)) {
      Optional<QueenEvents.Event> event = events.next();
      while (event.isPresent() && !event.get().name().equals("end")) {
        tell(event.get());
        event = events.next();
      }
      if (event.isEmpty()) {
        throw JobStream.broken(job);
      }
      print().progress("job " + job + " is over: " + text(event.get(), "state"));
    }
    return ExitCode.OK;
  }

  private void tell(QueenEvents.Event event) {
    if (event.name().equals("log")) {
      print().piece(JobStream.object(event), text(event, "text"));
    }
  }

  private static String text(QueenEvents.Event event, String name) {
    return Answers.text(JobStream.object(event), name);
  }

  private int kept() {
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
