package dev.skep.provider.cli.webhook;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.Table;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

/** What the commands have in common: a pool, and where its webhooks are found. */
abstract class PoolWebhooks extends Command {
  @Parameters(index = "0", paramLabel = "POOL_ID", description = "A pool of yours.")
  String pool;

  final String path() {
    return "/api/pools/" + PoolId.parse(pool) + "/webhooks";
  }

  final String path(String webhook) {
    try {
      return path() + "/" + UUID.fromString(webhook);
    } catch (IllegalArgumentException e) {
      throw unknown(webhook).causedBy(e);
    }
  }

  final JsonArray all() {
    return counter().signedIn().get(path()).list("webhooks");
  }

  final JsonObject require(String webhook) {
    return all().getValuesAs(JsonObject.class).stream()
        .filter(one -> Answers.text(one, "id").equals(webhook))
        .findFirst()
        .orElseThrow(() -> unknown(webhook));
  }

  private SkepException unknown(String webhook) {
    return SkepException.of("webhook-not-found", 404)
        .fault(Fault.CALLER)
        .because("pool " + pool + " has no webhook '" + webhook + "'")
        .hint("skep webhook list " + pool);
  }

  static String events(JsonObject webhook) {
    return webhook.getJsonArray("events").getValuesAs(JsonString.class).stream()
        .map(JsonString::getString)
        .collect(Collectors.joining(" "));
  }

  static List<String> lines(JsonObject webhook) {
    Table facts = new Table();
    facts.row("webhook", Answers.text(webhook, "id"));
    facts.row("url", Answers.text(webhook, "url"));
    facts.row("events", events(webhook));
    facts.row("created", Answers.text(webhook, "createdAt"));
    facts.row("failures in a row", Answers.text(webhook, "failures"));
    facts.row("state", state(webhook));
    return facts.lines();
  }

  static String state(JsonObject webhook) {
    return webhook.getBoolean("enabled", true)
        ? "enabled"
        : "disabled: " + Answers.text(webhook, "disabledReason");
  }
}
