package dev.skep.provider.cli.wallet;

import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import jakarta.json.Json;
import java.util.List;
import picocli.CommandLine;

@CommandLine.Command(
    name = "token",
    description =
        "Sign in and print a bearer token for other programs; it is this wallet until it expires.",
    footer = {
      "",
      "Example:",
      "  curl -H \"Authorization: Bearer $(skep wallet token)\" -d '{\"text\":\"hi\"}' POOL_URL"
    })
public final class ShowToken extends Command {
  @Override
  protected int run() {
    String token = counter().signIn().token();
    print().answer(Json.createObjectBuilder().add("token", token).build(), List.of(token));
    return ExitCode.OK;
  }
}
