/**
 * Connectors as the queen sees them: their sessions at the broker and the slots they take in pools.
 */
@NullMarked
package dev.skep.queen.provider;

import org.jspecify.annotations.NullMarked;
