package dev.skep.provider.cli.wallet;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.wallet.Earnings;
import dev.skep.provider.wallet.Purse;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;

@CommandLine.Command(
    name = "claim",
    description = "Claim everything that final blocks say this wallet earned; needs no gas.",
    footer = {"", "Example:", "  skep wallet claim"})
public final class Claim extends Command {
  @Override
  protected int run() {
    Purse purse = counter().purse(Duration.ofMinutes(2));
    List<Earnings.Claim> claims = new Earnings(purse, counter().surroundings().clock()).claimAll();
    TokenAmount sum =
        claims.stream().map(Earnings.Claim::amount).reduce(TokenAmount.ZERO, TokenAmount::plus);
    TokenAmount balance = purse.chain().tokenBalance(purse.wallet().address());
    JsonObject answer =
        Json.createObjectBuilder()
            .add("address", purse.wallet().address().toString())
            .add("claimed", sum.toString())
            .add("balance", balance.toString())
            .add("claims", json(claims))
            .build();
    String line = claims.isEmpty() ? "nothing to claim yet" : "claimed " + sum.toHuman();
    print().answer(answer, List.of(line, "balance " + balance.toHuman()));
    return ExitCode.OK;
  }

  private static JsonArrayBuilder json(List<Earnings.Claim> claims) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (Earnings.Claim claim : claims) {
      array.add(
          Json.createObjectBuilder()
              .add("poolId", claim.poolId())
              .add("amount", claim.amount().toString())
              .add("cumulative", claim.cumulative().toString())
              .add("tx", claim.tx()));
    }
    return array;
  }
}
