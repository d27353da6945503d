package dev.skep.provider.cli.service;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.service.ServiceUnit;
import dev.skep.provider.service.UserServices;
import dev.skep.provider.service.UserServices.Said;
import dev.skep.provider.update.RunningProgram;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "install",
    description = "Write a service that joins a pool, and start it; nothing needs root.",
    footer = {
      "",
      "Examples:",
      "  skep service install POOL_ID -n 2",
      "  skep service install POOL_ID -n 2 -- --auto-update     further words for 'pool join'",
      "  skep service install POOL_ID --print                   only show what would be written",
      "",
      "The service uses the wallet of SKEP_HOME (wallet.json); a MNEMONIC is never written down.",
      "It starts at log-in; to start it with the machine: loginctl enable-linger"
    })
public final class ServiceInstall extends Command {
  /** What a service takes over from the shell that installs it. */
  private static final List<String> PASSED = List.of("SKEP_QUEEN", "SKEP_QUEEN_CERT", "SKEP_RPC");

  @Parameters(paramLabel = "POOL_ID", description = "The pool.")
  String pool;

  @Option(names = "-n", paramLabel = "N", description = "How many slots. Default: 1.")
  int count = 1;

  @Option(names = "--print", description = "Only show the file; change nothing.")
  boolean print;

  @Parameters(
      index = "1..*",
      paramLabel = "WORDS",
      description = "Further words for 'skep pool join', after --.")
  List<String> words = List.of();

  @Override
  protected int run() {
    UserServices services = Services.of(counter());
    ServiceUnit unit = unit();
    String file = services.file(unit.name()).toString();
    if (print) {
      String text = services.text(unit);
      JsonValue shown = Json.createObjectBuilder().add("file", file).add("text", text).build();
      print().progress("would be " + file);
      print().answer(shown, text.lines().toList());
      return ExitCode.OK;
    }
    requireWallet();
    List<Said> said = services.install(unit);
    boolean done = said.stream().allMatch(Said::isDone);
    List<String> lines = new ArrayList<>(List.of("wrote " + file));
    lines.addAll(Services.lines(said));
    lines.add(
        done ? "next: skep service status " + pool : "next: start it by hand, or log in anew");
    print()
        .answer(
            Json.createObjectBuilder()
                .add("file", file)
                .add("started", done)
                .add("commands", Services.json(said))
                .build(),
            lines);
    return done ? ExitCode.OK : ExitCode.MACHINE;
  }

  private ServiceUnit unit() {
    List<String> command = new ArrayList<>(RunningProgram.command());
    command.addAll(List.of("pool", "join", pool, "-n", Integer.toString(count)));
    command.addAll(words);
    Map<String, String> environment = new TreeMap<>();
    environment.put("SKEP_HOME", counter().home().folder().toString());
    Map<String, String> here = counter().surroundings().environment();
    PASSED.stream()
        .filter(name -> !here.getOrDefault(name, "").isBlank())
        .forEach(name -> environment.put(name, here.get(name)));
    return new ServiceUnit(Services.name(pool), command, environment);
  }

  private void requireWallet() {
    if (!Files.exists(counter().home().wallet())) {
      throw SkepException.of("wallet-missing", 400)
          .fault(Fault.CALLER)
          .because("the service needs a wallet in " + counter().home().wallet())
          .hint("MNEMONIC= skep wallet address   (makes one; keep a copy of the file)");
    }
  }
}
