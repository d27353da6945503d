package dev.skep.provider.cli.pool;

import picocli.CommandLine;

@CommandLine.Command(
    name = "resume",
    description = "Take and start jobs of a paused pool again.",
    footer = {"", "Example:", "  skep pool resume POOL_ID"})
public final class PoolResume extends PoolTurn {
  public PoolResume() {
    super("resume");
  }
}
