package dev.skep.provider.cli.webhook;

import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.cli.Table;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import picocli.CommandLine;

@CommandLine.Command(
    name = "list",
    description = "Show the webhooks of a pool of yours.",
    footer = {"", "Example:", "  skep webhook list POOL_ID --json"})
public final class WebhookList extends PoolWebhooks {
  @Override
  protected int run() {
    JsonArray webhooks = all();
    Table table = new Table().row("WEBHOOK", "STATE", "URL", "EVENTS");
    webhooks
        .getValuesAs(JsonObject.class)
        .forEach(
            one ->
                table.row(
                    Answers.text(one, "id"), state(one), Answers.text(one, "url"), events(one)));
    print().answer(webhooks, table.lines());
    return ExitCode.OK;
  }
}
