package dev.skep.provider.cli.webhook;

import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.cli.Table;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "deliveries",
    description = "Show how a webhook's events fared, newest first.",
    footer = {"", "Example:", "  skep webhook deliveries POOL_ID WEBHOOK_ID --limit 10"})
public final class WebhookDeliveries extends PoolWebhooks {
  @Parameters(index = "1", paramLabel = "WEBHOOK_ID", description = "The webhook.")
  String webhook;

  @Option(names = "--limit", paramLabel = "N", description = "Default: 100; at most 1000.")
  int limit = 100;

  @Override
  protected int run() {
    JsonArray log =
        counter().signedIn().get(path(webhook) + "/deliveries?limit=" + limit).list("deliveries");
    print().answer(log, lines(log.getValuesAs(JsonObject.class)));
    return ExitCode.OK;
  }

  static List<String> lines(List<JsonObject> log) {
    Table table =
        new Table().row("EVENT", "TYPE", "STATE", "TRIES", "STATUS", "CREATED", "PROBLEM");
    for (JsonObject delivery : log) {
      String waits = Answers.text(delivery, "nextTry");
      String problem = Answers.text(delivery, "problem");
      table.row(
          Answers.text(delivery, "eventId"),
          Answers.text(delivery, "type"),
          Answers.text(delivery, "state"),
          Answers.text(delivery, "tries"),
          Answers.text(delivery, "status"),
          Answers.text(delivery, "createdAt"),
          waits.isEmpty() ? problem : (problem + " next try " + waits).strip());
    }
    return table.lines();
  }
}
