package dev.skep.provider.cli;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import jakarta.json.Json;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@CommandLine.Command(
    name = "completion",
    description = "Print the completion of commands and options for a shell.",
    footer = {
      "",
      "Examples:",
      "  source <(skep completion bash)                                   for this shell",
      "  skep completion bash > ~/.local/share/bash-completion/completions/skep   for good",
      "  skep completion zsh >> ~/.zshrc                                  for good, in zsh"
    })
final class Completion extends Command {
  /** zsh runs bash's completions once it is told to. */
  private static final String ZSH =
      "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n";

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  String shell;

  @Spec CommandSpec spec;

  @Override
  protected int run() {
    String script = prefix() + AutoComplete.bash("skep", spec.root().commandLine());
    print().answer(Json.createValue(script), List.of(script.split("\n", -1)));
    return ExitCode.OK;
  }

  private String prefix() {
    return switch (shell) {
      case "bash" -> "";
      case "zsh" -> ZSH;
      default ->
          throw SkepException.of("usage", 400)
              .fault(Fault.CALLER)
              .because("completion is known for bash and zsh, not for '" + shell + "'")
              .hint("skep completion bash");
    };
  }
}
