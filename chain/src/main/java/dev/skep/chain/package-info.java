/** Everything that knows an EVM chain: callers see ports and values, never web3j. */
@NullMarked
package dev.skep.chain;

import org.jspecify.annotations.NullMarked;
