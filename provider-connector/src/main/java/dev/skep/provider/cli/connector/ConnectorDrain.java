package dev.skep.provider.cli.connector;

import dev.skep.provider.control.Wish;
import picocli.CommandLine;

@CommandLine.Command(
    name = "drain",
    description = "Finish what runs, leave the pool without penalty, and end the connector.",
    footer = {"", "Example:", "  skep connector drain"})
public final class ConnectorDrain extends Steer {

  @Override
  protected int run() throws InterruptedException {
    return steer(Wish.DRAIN, state -> state.equals("draining"));
  }
}
