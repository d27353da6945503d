package dev.skep.provider.cli.connector;

import dev.skep.provider.control.Wish;
import picocli.CommandLine;

@CommandLine.Command(
    name = "pause",
    description = "Finish what runs and take nothing more until resume; the slots are kept warm.",
    footer = {"", "Example:", "  skep connector pause"})
public final class ConnectorPause extends Steer {

  @Override
  protected int run() throws InterruptedException {
    return steer(Wish.PAUSE, state -> state.equals("paused"));
  }
}
