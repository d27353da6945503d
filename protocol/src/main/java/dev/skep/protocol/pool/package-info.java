/**
 * What queen and connector both have to understand of a pool: its life cycle, and the parts of its
 * job's definition that come from a stranger and are checked on either side by the same code.
 */
@NullMarked
package dev.skep.protocol.pool;

import org.jspecify.annotations.NullMarked;
