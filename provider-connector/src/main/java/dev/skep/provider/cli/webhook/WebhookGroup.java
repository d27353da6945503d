package dev.skep.provider.cli.webhook;

import dev.skep.provider.cli.Group;
import picocli.CommandLine;

@CommandLine.Command(
    name = "webhook",
    description = "Be told when jobs and pools of yours end: signed POSTs to a URL of yours.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      WebhookAdd.class,
      WebhookList.class,
      WebhookShow.class,
      WebhookDeliveries.class,
      WebhookTest.class,
      WebhookRemove.class
    },
    footer = {
      "",
      "Examples:",
      "  skep webhook add POOL_ID --url https://example.org/skep --events job.failed,pool.closed",
      "  skep webhook test POOL_ID WEBHOOK_ID",
      "  skep webhook deliveries POOL_ID WEBHOOK_ID",
      "",
      "How to check a signature: docs/webhooks.md."
    })
public final class WebhookGroup extends Group {}
