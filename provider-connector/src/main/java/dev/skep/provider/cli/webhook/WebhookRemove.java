package dev.skep.provider.cli.webhook;

import dev.skep.provider.cli.ExitCode;
import jakarta.json.Json;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "remove",
    description = "Send no more events there; what waits is dropped.",
    footer = {"", "Example:", "  skep webhook remove POOL_ID WEBHOOK_ID"})
public final class WebhookRemove extends PoolWebhooks {
  @Parameters(index = "1", paramLabel = "WEBHOOK_ID", description = "The webhook.")
  String webhook;

  @Override
  protected int run() {
    counter().signedIn().delete(path(webhook));
    print()
        .answer(
            Json.createObjectBuilder().add("removed", webhook).build(),
            List.of("removed webhook " + webhook));
    return ExitCode.OK;
  }
}
