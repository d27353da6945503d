package dev.skep.provider.cli.service;

import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.service.UserServices.Said;
import jakarta.json.Json;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "status",
    description = "Show how the service of a pool is, in the service manager's words.",
    footer = {
      "",
      "Example:",
      "  skep service status POOL_ID",
      "",
      "Exit code 1 when it does not run."
    })
public final class ServiceStatus extends Command {
  @Parameters(paramLabel = "POOL_ID", description = "The pool.")
  String pool;

  @Override
  protected int run() {
    Said said = Services.of(counter()).status(Services.name(pool));
    print()
        .answer(
            Json.createObjectBuilder()
                .add("running", said.isDone())
                .add("text", said.text())
                .build(),
            said.text().lines().toList());
    return said.isDone() ? ExitCode.OK : ExitCode.FAILED;
  }
}
