package dev.skep.provider.cli.webhook;

import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.queen.Answers;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
    name = "add",
    description = "Register a URL; prints the secret that signs its events, this once.",
    footer = {
      "",
      "Examples:",
      "  skep webhook add POOL_ID --url https://example.org/skep",
      "  skep webhook add POOL_ID --url https://example.org/skep --events job.failed,pool.closed"
    })
public final class WebhookAdd extends PoolWebhooks {
  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "Where the queen sends events: https, a public address.")
  String url;

  @Option(
      names = "--events",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Of job.completed, job.failed, job.cancelled, job.expired, pool.closed. Default: all five.")
  List<String> events =
      List.of("job.completed", "job.failed", "job.cancelled", "job.expired", "pool.closed");

  @Override
  protected int run() {
    JsonObject asked =
        Json.createObjectBuilder()
            .add("url", url)
            .add("events", Json.createArrayBuilder(events))
            .build();
    JsonObject added = counter().signedIn().post(path(), asked).object();
    List<String> lines = new ArrayList<>(lines(added));
    lines.add("secret: " + Answers.text(added, "secret"));
    lines.add("  keep it: it is not shown again");
    lines.add("next: skep webhook test " + pool + " " + Answers.text(added, "id"));
    print().answer(added, lines);
    return ExitCode.OK;
  }
}
