/**
 * The chain as the king, the relay and the command line see it: one port, its values, and how calls
 * are encoded.
 */
@NullMarked
package dev.skep.chain.ledger;

import org.jspecify.annotations.NullMarked;
