/** Wallet addresses and token amounts; never floating point. */
@NullMarked
package dev.skep.protocol.wallet;

import org.jspecify.annotations.NullMarked;
