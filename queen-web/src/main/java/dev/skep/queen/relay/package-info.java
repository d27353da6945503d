/**
 * Asking the king for what needs gas: signed calls to the ledger and the faucet. The queen checks
 * shapes, the king signatures.
 */
@NullMarked
package dev.skep.queen.relay;

import org.jspecify.annotations.NullMarked;
