package dev.skep.provider.cli.wallet;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.cli.Table;
import dev.skep.provider.wallet.Earnings;
import dev.skep.provider.wallet.Purse;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import picocli.CommandLine;

@CommandLine.Command(
    name = "balance",
    description = "Show the wallet's tokens and what it can claim.",
    footer = {"", "Example:", "  skep wallet balance --json"})
public final class ShowBalance extends Command {
  @Override
  protected int run() {
    Purse purse = counter().purse(Duration.ofSeconds(30));
    TokenAmount balance = purse.chain().tokenBalance(purse.wallet().address());
    TokenAmount claimable = claimable(purse);
    JsonObject answer =
        Json.createObjectBuilder()
            .add("address", purse.wallet().address().toString())
            .add("chainId", purse.info().chain().chainId())
            .add("balance", balance.toString())
            .add("claimable", claimable.toString())
            .build();
    Table table = new Table();
    table.row("wallet", purse.wallet().address());
    table.row("balance", balance.toHuman());
    table.row(
        "claimable", claimable.toHuman() + (claimable.isZero() ? "" : "  (skep wallet claim)"));
    print().answer(answer, table.lines());
    return ExitCode.OK;
  }

  private TokenAmount claimable(Purse purse) {
    Earnings earnings = new Earnings(purse, counter().surroundings().clock());
    return earnings.list().stream().map(earnings::open).reduce(TokenAmount.ZERO, TokenAmount::plus);
  }
}
