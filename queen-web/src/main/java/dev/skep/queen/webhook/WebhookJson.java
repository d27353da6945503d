package dev.skep.queen.webhook;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** Webhooks as JSON for their owner; the secret is not among it. */
final class WebhookJson {
  private WebhookJson() {}

  static JsonObjectBuilder show(Webhook webhook) {
    JsonArrayBuilder events = Json.createArrayBuilder();
    webhook.events().forEach(event -> events.add(event.word()));
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", webhook.id().toString())
            .add("poolId", webhook.pool().toString())
            .add("url", webhook.url())
            .add("events", events)
            .add("createdAt", webhook.createdAt().toString())
            .add("failures", webhook.failures())
            .add("enabled", webhook.disabledReason() == null);
    if (webhook.disabledReason() != null) {
      json.add("disabledReason", webhook.disabledReason());
    }
    return json;
  }

  static JsonObject show(WebhookRows.DeliveryRow delivery) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("eventId", delivery.event().toString())
            .add("type", delivery.type())
            .add("subject", delivery.subject())
            .add("state", delivery.state())
            .add("tries", delivery.tries())
            .add("createdAt", delivery.createdAt().toString());
    if (delivery.state().equals("WAITING")) {
      json.add("nextTry", delivery.nextTry().toString());
    }
    if (delivery.status() != null) {
      json.add("status", delivery.status());
    }
    return delivery.problem() == null
        ? json.build()
        : json.add("problem", delivery.problem()).build();
  }
}
