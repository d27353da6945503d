/**
 * Tells pool owners over HTTPS when their jobs and pools end: CloudEvents, signed with a secret of
 * each webhook, kept as rows until they were taken, delivered at least once.
 */
@NullMarked
package dev.skep.queen.webhook;

import org.jspecify.annotations.NullMarked;
