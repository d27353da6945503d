package dev.skep.queen.webhook;

import java.util.UUID;

/**
 * An event on its way.
 *
 * @param tries this one included
 */
record Delivery(
    UUID event, UUID webhook, String url, WebhookSecret secret, String body, int tries) {}
