package dev.skep.provider.cli.wallet;

import dev.skep.chain.proof.Hash32;
import dev.skep.protocol.id.PoolId;
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
    name = "withdraw",
    description = "Take back what was asked for with 'skep pool close', once its delay is over.",
    footer = {"", "Example:", "  skep wallet withdraw POOL_ID"})
public final class Withdraw extends Command {
  @Parameters(paramLabel = "POOL_ID", description = "The pool.")
  String pool;

  @Override
  protected int run() {
    JsonObject shown = counter().queen().get("/api/pools/" + PoolId.parse(pool)).object();
    Hash32 chainPool = Hash32.parse(Answers.text(shown, "chainPoolId"));
    PoolFunds funds =
        new PoolFunds(counter().purse(Duration.ofMinutes(2)), counter().surroundings().clock());
    String tx = funds.withdraw(chainPool);
    String balance = funds.balance().toHuman();
    JsonObject answer =
        Json.createObjectBuilder().add("tx", tx).add("balance", funds.balance().toString()).build();
    print().answer(answer, List.of("withdrawn in " + tx, "balance " + balance));
    return ExitCode.OK;
  }
}
