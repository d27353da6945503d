package dev.skep.provider.cli.connector;

import dev.skep.provider.control.Wish;
import picocli.CommandLine;

@CommandLine.Command(
    name = "resume",
    description = "Take jobs again.",
    footer = {"", "Example:", "  skep connector resume"})
public final class ConnectorResume extends Steer {

  @Override
  protected int run() throws InterruptedException {
    return steer(Wish.RUN, state -> state.equals("running") || state.equals("outside-hours"));
  }
}
