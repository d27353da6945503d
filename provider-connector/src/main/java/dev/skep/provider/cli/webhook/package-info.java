/** {@code skep webhook}: the webhooks of one's own pools, by the queen's REST API. */
@NullMarked
package dev.skep.provider.cli.webhook;

import org.jspecify.annotations.NullMarked;
