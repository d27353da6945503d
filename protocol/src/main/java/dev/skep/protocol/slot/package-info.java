/** The life cycle of a slot. */
@NullMarked
package dev.skep.protocol.slot;

import org.jspecify.annotations.NullMarked;
