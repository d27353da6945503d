/** The life cycle of a pool. */
@NullMarked
package dev.skep.protocol.pool;

import org.jspecify.annotations.NullMarked;
