/**
 * The dispatcher's way to connectors over the broker: one sender thread for all inboxes, one
 * consumer per incoming queue. Everything that comes in is authenticated and in sequence before
 * anybody looks at it; delivery is at most once, leases and resends cure losses.
 */
@NullMarked
package dev.skep.queen.dispatch.jms;

import org.jspecify.annotations.NullMarked;
