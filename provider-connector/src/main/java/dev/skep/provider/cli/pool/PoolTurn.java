package dev.skep.provider.cli.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Pauses or resumes one pool of the owner's. */
abstract class PoolTurn extends Command {
  private final String verb;

  @Parameters(paramLabel = "POOL_ID", description = "The pool.")
  String pool;

  PoolTurn(String verb) {
    this.verb = verb;
  }

  @Override
  protected int run() {
    PoolId id = PoolId.parse(pool);
    JsonObject shown = counter().signedIn().post("/api/pools/" + id + "/" + verb).object();
    print().answer(shown, List.of("pool " + id + " is " + Answers.text(shown, "state")));
    return ExitCode.OK;
  }
}
