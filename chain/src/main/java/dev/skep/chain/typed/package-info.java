/**
 * EIP-712 messages a wallet signs for our contracts, hashed by hand because a JSON encoder costs
 * fifty times more.
 */
@NullMarked
package dev.skep.chain.typed;

import org.jspecify.annotations.NullMarked;
