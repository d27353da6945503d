package dev.skep.provider.cli.pool;

import dev.skep.chain.ledger.PoolAccount;
import dev.skep.chain.proof.Hash32;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.queen.QueenApi;
import dev.skep.provider.wallet.PoolFunds;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "close",
    description =
        "Close a pool and get the rest of its deposit back: once to ask, again to take it.",
    footer = {
      "",
      "Example:",
      "  skep pool close POOL_ID    stops new jobs and asks the chain for what is left",
      "  skep pool close POOL_ID    once the delay is over: takes it (also: skep wallet withdraw POOL_ID)"
    })
public final class PoolClose extends Command {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Parameters(paramLabel = "POOL_ID", description = "The pool.")
  String pool;

  @Override
  protected int run() {
    PoolId id = PoolId.parse(pool);
    QueenApi queen = counter().signedIn();
    JsonObject shown = queen.get("/api/pools/" + id).object();
    if (List.of("OPEN", "OPENING", "PAUSED").contains(Answers.text(shown, "state"))) {
      shown = queen.post("/api/pools/" + id + "/close").object();
    }
    PoolFunds funds = new PoolFunds(counter().purse(PATIENCE), counter().surroundings().clock());
    Hash32 chainPool = Hash32.parse(Answers.text(shown, "chainPoolId"));
    Optional<PoolAccount> account = funds.account(chainPool);
    if (account.isEmpty()) {
      say(shown, "nothing was deposited", TokenAmount.ZERO, "");
    } else {
      settle(new Settlement(shown, funds, chainPool), account.get());
    }
    return ExitCode.OK;
  }

  private record Settlement(JsonObject shown, PoolFunds funds, Hash32 chainPool) {}

  private void settle(Settlement of, PoolAccount account) {
    Instant asked = account.withdrawAt();
    if (asked == null || account.withdrawAmount().isZero()) {
      ask(of, account);
    } else if (asked.isAfter(counter().surroundings().clock().instant())) {
      say(of.shown(), "withdrawal possible from " + asked, account.withdrawAmount(), "" + asked);
    } else {
      String tx = of.funds().withdraw(of.chainPool());
      String what = account.withdrawAmount().toHuman();
      say(of.shown(), "withdrawn " + what + " in " + tx, account.withdrawAmount(), "");
    }
  }

  private void ask(Settlement of, PoolAccount account) {
    TokenAmount rest = account.rest();
    if (rest.isZero()) {
      say(of.shown(), "nothing is left to withdraw", rest, "");
      return;
    }
    Instant at = of.funds().requestWithdraw(of.chainPool(), rest);
    say(
        of.shown(),
        "asked for " + rest.toHuman() + "; run the same command again after " + at,
        rest,
        "" + at);
  }

  private void say(JsonObject shown, String what, TokenAmount amount, String withdrawAt) {
    JsonObject answer =
        Json.createObjectBuilder()
            .add("id", Answers.text(shown, "id"))
            .add("state", Answers.text(shown, "state"))
            .add("amount", amount.toString())
            .add("withdrawAt", withdrawAt)
            .build();
    String line = "pool " + Answers.text(shown, "id") + " is " + Answers.text(shown, "state");
    print().answer(answer, List.of(line, what));
  }
}
