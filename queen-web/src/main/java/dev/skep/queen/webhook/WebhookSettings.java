package dev.skep.queen.webhook;

import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.Config;

/** What the operator says about webhooks. */
@ApplicationScoped
class WebhookSettings {
  private static final int FAILURES = 20;

  @Inject Config config;
  @Inject QueenSettings queen;

  /** Loopback only on the chain of demo and tests; private networks by the operator's word. */
  Reach reach() {
    boolean open = config.getOptionalValue("SKEP_WEBHOOK_PRIVATE", Boolean.class).orElse(false);
    return new Reach(queen.chain().isDevelopment(), open);
  }

  /** After so many failed tries in a row a webhook is disabled. */
  int failures() {
    return config.getOptionalValue("SKEP_WEBHOOK_FAILURES", Integer.class).orElse(FAILURES);
  }

  /** The start of every event's source. */
  String publicUrl() {
    return queen.publicUrl().toString();
  }
}
