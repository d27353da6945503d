package dev.skep.provider.cli.pool;

import picocli.CommandLine;

@CommandLine.Command(
    name = "pause",
    description = "Start no more jobs of a pool until it is resumed; what runs ends.",
    footer = {
      "",
      "Example:",
      "  skep pool pause POOL_ID    queued jobs wait, providers stay, a finite pool is not fed"
    })
public final class PoolPause extends PoolTurn {
  public PoolPause() {
    super("pause");
  }
}
