package dev.skep.queen.webhook;

import dev.skep.protocol.id.PoolId;
import dev.skep.queen.rest.JsonBody;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * One event in the structured JSON form of CloudEvents 1.0; its body is what is signed and sent.
 */
record CloudEvent(UUID id, EventType type, String subject, String body) {
  static final String MEDIA_TYPE = "application/cloudevents+json; charset=utf-8";

  static CloudEvent of(UUID id, EventType type, String publicUrl, EndedJob job) {
    Instant ended = job.endedAt() == null ? job.createdAt() : job.endedAt();
    JsonObjectBuilder data =
        Json.createObjectBuilder()
            .add("jobId", job.id().toString())
            .add("poolId", job.pool().toString())
            .add("state", job.state().name())
            .add("cost", job.cost().toString())
            .add("createdAt", job.createdAt().toString())
            .add("endedAt", ended.toString())
            .add("jobUrl", publicUrl + "/api/jobs/" + job.id());
    String problem = job.problem();
    if (problem != null) {
      data.add("problem", JsonBody.object(problem.getBytes(StandardCharsets.UTF_8)));
    }
    Head head = new Head(id, type, job.id().toString(), ended);
    return head.with(source(publicUrl, job.pool()), data);
  }

  static CloudEvent of(UUID id, EventType type, String publicUrl, PoolId pool, Instant when) {
    JsonObjectBuilder data =
        Json.createObjectBuilder()
            .add("poolId", pool.toString())
            .add("state", type == EventType.POOL_COMPLETED ? "COMPLETED" : "CLOSED")
            .add("poolUrl", source(publicUrl, pool));
    return new Head(id, type, pool.toString(), when).with(source(publicUrl, pool), data);
  }

  /** One that tells nothing but that it came. */
  static CloudEvent test(UUID id, String publicUrl, Webhook webhook, Instant when) {
    JsonObjectBuilder data =
        Json.createObjectBuilder()
            .add("poolId", webhook.pool().toString())
            .add("webhookId", webhook.id().toString());
    return new Head(id, EventType.WEBHOOK_TEST, id.toString(), when)
        .with(source(publicUrl, webhook.pool()), data);
  }

  private static String source(String publicUrl, PoolId pool) {
    return publicUrl + "/api/pools/" + pool;
  }

  /** What names an event. */
  private record Head(UUID id, EventType type, String subject, Instant when) {
    CloudEvent with(String source, JsonObjectBuilder data) {
      String body =
          Json.createObjectBuilder()
              .add("specversion", "1.0")
              .add("id", id.toString())
              .add("source", source)
              .add("type", "dev.skep." + type.word())
              .add("subject", subject)
              .add("time", when.toString())
              .add("datacontenttype", "application/json")
              .add("data", data)
              .build()
              .toString();
      return new CloudEvent(id, type, subject, body);
    }
  }
}
