package dev.skep.provider.cli.service;

import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.service.UserServices;
import dev.skep.provider.service.UserServices.Said;
import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "uninstall",
    description = "Stop the service of a pool, which finishes its jobs, and remove it.",
    footer = {"", "Example:", "  skep service uninstall POOL_ID"})
public final class ServiceUninstall extends Command {
  @Parameters(paramLabel = "POOL_ID", description = "The pool.")
  String pool;

  @Override
  protected int run() {
    UserServices services = Services.of(counter());
    String name = Services.name(pool);
    print().progress("stopping " + name + "; it finishes its jobs first");
    List<Said> said = services.uninstall(name);
    List<String> lines = new ArrayList<>(Services.lines(said));
    lines.add("removed " + services.file(name));
    print().answer(Json.createObjectBuilder().add("commands", Services.json(said)).build(), lines);
    return ExitCode.OK;
  }
}
