package dev.skep.provider.cli.pool;

import dev.skep.chain.proof.Hash32;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.wallet.PoolFunds;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "fund",
    description = "Add to a pool's deposit; needs no gas.",
    footer = {"", "Example:", "  skep pool fund POOL_ID \"5 SKEP\""})
public final class PoolFund extends Command {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Parameters(index = "0", paramLabel = "POOL_ID", description = "The pool.")
  String pool;

  @Parameters(index = "1", paramLabel = "AMOUNT", description = "For example \"5 SKEP\".")
  String amount;

  @Override
  protected int run() {
    PoolId id = PoolId.parse(pool);
    TokenAmount more = TokenAmount.parseHuman(amount);
    JsonObject shown = counter().queen().get("/api/pools/" + id).object();
    PoolFunds funds = new PoolFunds(counter().purse(PATIENCE), counter().surroundings().clock());
    funds.ensureBalance(more);
    String tx =
        Answers.text(shown, "state").equals("OPENING")
            ? funds.open(id, more)
            : funds.fund(Hash32.parse(Answers.text(shown, "chainPoolId")), more);
    JsonObject answer =
        Json.createObjectBuilder()
            .add("id", id.toString())
            .add("deposited", more.toString())
            .add("tx", tx)
            .build();
    print().answer(answer, List.of("deposited " + more.toHuman() + " in transaction " + tx));
    return ExitCode.OK;
  }
}
