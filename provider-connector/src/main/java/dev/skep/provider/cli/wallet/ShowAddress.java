package dev.skep.provider.cli.wallet;

import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import jakarta.json.Json;
import java.util.List;
import picocli.CommandLine;

@CommandLine.Command(
    name = "address",
    description = "Print the wallet's address; makes a wallet when there is none.",
    footer = {"", "Example:", "  MNEMONIC=\"\" skep wallet address"})
public final class ShowAddress extends Command {
  @Override
  protected int run() {
    String address = counter().wallet().address().toString();
    print().answer(Json.createObjectBuilder().add("address", address).build(), List.of(address));
    return ExitCode.OK;
  }
}
