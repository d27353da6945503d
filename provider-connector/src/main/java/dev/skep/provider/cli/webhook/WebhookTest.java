package dev.skep.provider.cli.webhook;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.queen.QueenApi;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "test",
    description = "Send one event of the type webhook.test and tell how it fared.",
    footer = {"", "Example:", "  skep webhook test POOL_ID WEBHOOK_ID"})
public final class WebhookTest extends PoolWebhooks {
  @Parameters(index = "1", paramLabel = "WEBHOOK_ID", description = "The webhook.")
  String webhook;

  @Option(names = "--timeout", paramLabel = "SECONDS", description = "Default: 30.")
  int timeout = 30;

  @Override
  protected int run() {
    QueenApi queen = counter().signedIn();
    String path = path(webhook);
    String event = Answers.text(queen.post(path + "/test").object(), "eventId");
    JsonObject tried =
        counter()
            .patience(Duration.ofSeconds(timeout))
            .await("event " + event, () -> tried(queen, path, event));
    if (!Answers.text(tried, "state").equals("DELIVERED")) {
      throw notTaken(tried);
    }
    print()
        .answer(
            tried, List.of("delivered: the other side answered " + Answers.text(tried, "status")));
    return ExitCode.OK;
  }

  /** The event once it was tried and told what came of it. */
  private static Optional<JsonObject> tried(QueenApi queen, String path, String event) {
    return queen
        .get(path + "/deliveries?limit=100")
        .list("deliveries")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(one -> Answers.text(one, "eventId").equals(event))
        .filter(one -> one.containsKey("status") || one.containsKey("problem"))
        .findFirst();
  }

  private SkepException notTaken(JsonObject tried) {
    return SkepException.of("webhook-not-taken", 409)
        .fault(Fault.CALLER)
        .because("the event was not taken: " + Answers.text(tried, "problem"))
        .hint("The queen tries again; see skep webhook deliveries " + pool + " " + webhook);
  }
}
