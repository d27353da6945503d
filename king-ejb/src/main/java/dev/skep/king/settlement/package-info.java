/** Receipts become blocks: the king's own work and the timer that drives it. */
@NullMarked
package dev.skep.king.settlement;

import org.jspecify.annotations.NullMarked;
