/**
 * Many inputs through one pool: lines are read, sent under keys that can be sent again, and their
 * answers written in order, so that a run goes on after any death where it was.
 */
@NullMarked
package dev.skep.provider.bulk;

import org.jspecify.annotations.NullMarked;
