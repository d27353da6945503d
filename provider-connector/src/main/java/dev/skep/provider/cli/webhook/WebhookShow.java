package dev.skep.provider.cli.webhook;

import dev.skep.provider.cli.ExitCode;
import jakarta.json.JsonObject;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "show",
    description = "Show one webhook, without its secret.",
    footer = {"", "Example:", "  skep webhook show POOL_ID WEBHOOK_ID"})
public final class WebhookShow extends PoolWebhooks {
  @Parameters(index = "1", paramLabel = "WEBHOOK_ID", description = "The webhook.")
  String webhook;

  @Override
  protected int run() {
    JsonObject shown = require(webhook);
    print().answer(shown, lines(shown));
    return ExitCode.OK;
  }
}
