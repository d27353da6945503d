package dev.skep.provider.cli.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonObject;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "show",
    description = "Show one pool with its money, slots and, when it is finite, progress.",
    footer = {"", "Example:", "  skep pool show POOL_ID --json"})
public final class PoolShow extends Command {
  @Parameters(paramLabel = "POOL_ID", description = "The pool.")
  String pool;

  @Override
  protected int run() {
    String path = "/api/pools/" + PoolId.parse(pool);
    JsonObject shown = counter().queen().get(path).object();
    if (SlotText.hasProblem(shown) && isOurs(shown)) {
      shown = counter().signedIn().get(path).object(); // its owner is told more
    }
    print().answer(shown, PoolText.show(shown));
    return ExitCode.OK;
  }

  private boolean isOurs(JsonObject shown) {
    String owner = Answers.text(shown, "owner");
    return counter().wallet().address().toString().equalsIgnoreCase(owner);
  }
}
