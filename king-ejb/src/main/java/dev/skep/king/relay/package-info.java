/** Calls that wallets signed and we pay the gas for, and play money on the development chain. */
@NullMarked
package dev.skep.king.relay;

import org.jspecify.annotations.NullMarked;
