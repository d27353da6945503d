/**
 * Looks at every packet that a connector sends, before the broker does. The broker's own checks
 * trust what the client says about a destination and never look at messages, acknowledgements or
 * deletions; this package knows nothing about sessions and tokens, only what a connection has a
 * right to.
 */
@NullMarked
package dev.skep.broker.guard;

import org.jspecify.annotations.NullMarked;
