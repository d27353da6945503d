package dev.skep.provider.cli.connector;

import dev.skep.provider.cli.ExitCode;
import jakarta.json.JsonObject;
import picocli.CommandLine;

@CommandLine.Command(
    name = "status",
    description = "What the connector does: its pool, whether it takes jobs, its slots.",
    footer = {"", "Example:", "  skep connector status --json"})
public final class ConnectorStatus extends Steer {

  @Override
  protected int run() {
    JsonObject state = state();
    print().answer(state, lines(state));
    return ExitCode.OK;
  }
}
