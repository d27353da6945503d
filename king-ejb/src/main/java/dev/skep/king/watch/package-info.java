/** What the chain tells us, once it is safe: deposits, withdrawals, claims. */
@NullMarked
package dev.skep.king.watch;

import org.jspecify.annotations.NullMarked;
