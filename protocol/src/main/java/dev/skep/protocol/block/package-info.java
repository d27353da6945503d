/** The life cycle of a king's block. */
@NullMarked
package dev.skep.protocol.block;

import org.jspecify.annotations.NullMarked;
