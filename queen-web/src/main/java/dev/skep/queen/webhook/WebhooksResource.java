package dev.skep.queen.webhook;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.queen.pool.Listing;
import dev.skep.queen.pool.PoolBook;
import dev.skep.queen.rest.Authenticated;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.rest.Query;
import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A pool's webhooks, for its owner alone. */
@Path("/api/pools/{pool}/webhooks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class WebhooksResource {
  private static final int MOST = 10;
  private static final Duration TEST_EVERY = Duration.ofSeconds(5);

  @Inject PoolBook pools;
  @Inject WebhookRows rows;
  @Inject WebhookSettings settings;
  @Inject CurrentCaller caller;
  @Inject Uuid7 ids;
  @Inject EventRows events;
  @Inject QueenSettings queen;
  @Inject Clock clock;

  /** The answer holds the secret, which is not shown again. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(@PathParam("pool") String pool, byte[] body) {
    PoolId id = owned(pool);
    NewWebhook asked = NewWebhook.read(body, settings.reach());
    if (rows.of(id).size() >= MOST) {
      throw SkepException.of("too-many-webhooks", 409)
          .because("This pool has " + MOST + " webhooks.")
          .hint("Delete one with DELETE /api/pools/" + id + "/webhooks/{id}.");
    }
    UUID webhook = ids.next();
    WebhookSecret secret = WebhookSecret.draw();
    rows.add(webhook, id, asked, secret);
    return Response.created(URI.create("/api/pools/" + id + "/webhooks/" + webhook))
        .entity(WebhookJson.show(require(id, webhook)).add("secret", secret.text()).build())
        .build();
  }

  @GET
  public JsonArray list(@PathParam("pool") String pool) {
    JsonArrayBuilder webhooks = Json.createArrayBuilder();
    rows.of(owned(pool)).forEach(webhook -> webhooks.add(WebhookJson.show(webhook)));
    return webhooks.build();
  }

  /** Events that were not delivered yet go with it. */
  @DELETE
  @Path("/{id}")
  public void remove(@PathParam("pool") String pool, @PathParam("id") String id) {
    if (!rows.remove(owned(pool), uuid(id))) {
      throw unknown();
    }
  }

  /**
   * Sends one event that is no job's, one at a time: a queen must not be a way to flood somebody.
   */
  @POST
  @Path("/{id}/test")
  public Response test(@PathParam("pool") String pool, @PathParam("id") String id) {
    Webhook webhook = require(owned(pool), uuid(id));
    if (webhook.disabledReason() != null) {
      throw SkepException.of("webhook-disabled", 409)
          .because("The webhook is disabled: " + webhook.disabledReason() + ".")
          .hint("Remove it and add it again.");
    }
    Instant now = clock.instant();
    if (rows.deliveries(webhook.id(), 100).stream().anyMatch(d -> isFreshTest(d, now))) {
      throw SkepException.of("webhook-test-too-soon", 429)
          .retryable(true)
          .because("Another test event of this webhook waits, or was sent just now.")
          .hint("Look at its deliveries, and try again in " + TEST_EVERY.toSeconds() + " seconds.");
    }
    CloudEvent event = CloudEvent.test(ids.next(), queen.publicUrl().toString(), webhook, now);
    events.add(webhook, event);
    return Response.accepted(
            Json.createObjectBuilder().add("eventId", event.id().toString()).build())
        .build();
  }

  private static boolean isFreshTest(WebhookRows.DeliveryRow delivery, Instant now) {
    return delivery.type().equals(EventType.WEBHOOK_TEST.word())
        && (delivery.state().equals("WAITING")
            || delivery.createdAt().isAfter(now.minus(TEST_EVERY)));
  }

  /** The delivery log. */
  @GET
  @Path("/{id}/deliveries")
  public JsonArray deliveries(
      @PathParam("pool") String pool,
      @PathParam("id") String id,
      @QueryParam("limit") @Nullable String limit) {
    Webhook webhook = require(owned(pool), uuid(id));
    JsonArrayBuilder log = Json.createArrayBuilder();
    rows.deliveries(webhook.id(), Query.limit(limit, 100, 1000))
        .forEach(delivery -> log.add(WebhookJson.show(delivery)));
    return log.build();
  }

  private Webhook require(PoolId owned, UUID id) {
    return rows.of(owned).stream()
        .filter(webhook -> webhook.id().equals(id))
        .findFirst()
        .orElseThrow(WebhooksResource::unknown);
  }

  private PoolId owned(String pool) {
    Listing listing = pools.show(PoolId.parse(pool));
    if (!listing.owner().equals(caller.require().address())) {
      throw SkepException.of("not-pool-owner", 403)
          .fault(Fault.CALLER)
          .because("Only its owner sees and changes a pool's webhooks.")
          .hint("Sign in with the wallet " + listing.owner() + ".");
    }
    return listing.id();
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  private static SkepException unknown() {
    return SkepException.of("webhook-not-found", 404)
        .because("This pool has no such webhook.")
        .hint("List them with GET /api/pools/{id}/webhooks.");
  }
}
