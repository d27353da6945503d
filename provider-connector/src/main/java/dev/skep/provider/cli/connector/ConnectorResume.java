package dev.skep.provider.cli.connector;

import dev.skep.provider.control.Wish;
import java.util.Set;
import picocli.CommandLine;

@CommandLine.Command(
    name = "resume",
    description = "Take jobs again.",
    footer = {"", "Example:", "  skep connector resume"})
public final class ConnectorResume extends Steer {
  private static final Set<String> FOLLOWED = Set.of("running", "outside-hours", "machine-busy");

  @Override
  protected int run() throws InterruptedException {
    return steer(Wish.RUN, state -> FOLLOWED.contains(state));
  }
}
