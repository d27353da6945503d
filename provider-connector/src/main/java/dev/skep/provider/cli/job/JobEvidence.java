package dev.skep.provider.cli.job;

import dev.skep.protocol.id.JobId;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import jakarta.json.JsonArray;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "evidence",
    description = "Print what proves a job's receipts; check it with 'skep verify'.",
    footer = {
      "",
      "Example:",
      "  skep job evidence JOB_ID > evidence.json && skep verify evidence.json --rpc URL"
    })
public final class JobEvidence extends Command {
  @Parameters(paramLabel = "JOB_ID", description = "The job.")
  String job;

  @Override
  protected int run() {
    String path = "/api/jobs/" + JobId.parse(job) + "/evidence";
    JsonArray documents = counter().signedIn().get(path).list("evidence");
    print().answer(documents, List.of(documents.toString()));
    return ExitCode.OK;
  }
}
