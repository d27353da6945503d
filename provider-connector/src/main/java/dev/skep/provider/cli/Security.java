package dev.skep.provider.cli;

import dev.skep.provider.docker.DockerRuntime;
import dev.skep.provider.docker.DockerSettings;
import dev.skep.provider.image.ImageRef;
import dev.skep.provider.network.EgressPolicy;
import dev.skep.provider.security.SecurityCheck;
import dev.skep.provider.security.SecurityReport;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
    name = "security",
    description = "Attack the sandbox of this machine from inside and say what held.",
    footer = {"", "Example:", "  skep security", "", "Exit code 1 when an attack came through."})
public final class Security extends Command {
  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "The image to attack from. Default: python.")
  String image = "python";

  @Override
  protected int run() {
    print().progress("attacking the sandbox; this takes a minute");
    DockerSettings settings = DockerSettings.standard().with(EgressPolicy.PUBLIC);
    try (DockerRuntime runtime = DockerRuntime.open(settings)) {
      SecurityReport report = new SecurityCheck(runtime, ImageRef.parse(image)).run();
      List<String> lines = report.table().lines().toList();
      print().answer(report.toJson(), lines);
      return report.allContained() ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
