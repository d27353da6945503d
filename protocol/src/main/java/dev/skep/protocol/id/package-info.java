/**
 * Typed identifiers; all but the attempt number are UUIDv7, so that rows sort and partition by
 * time.
 */
@NullMarked
package dev.skep.protocol.id;

import org.jspecify.annotations.NullMarked;
