package dev.skep.provider.cli.job;

import dev.skep.protocol.id.JobId;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.queen.QueenApi;
import jakarta.json.JsonObject;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "cancel",
    description = "Stop a job that waits or runs.",
    footer = {"", "Example:", "  skep job cancel JOB_ID"})
public final class JobCancel extends Command {
  @Parameters(paramLabel = "JOB_ID", description = "The job.")
  String job;

  @Override
  protected int run() {
    JobId id = JobId.parse(job);
    QueenApi queen = counter().signedIn();
    queen.post("/api/jobs/" + id + "/cancel");
    JsonObject shown = queen.get("/api/jobs/" + id).object();
    print().answer(shown, List.of("job " + id + " is " + Answers.text(shown, "state")));
    return ExitCode.OK;
  }
}
