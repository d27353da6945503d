/**
 * The real chain behind the ledger port: JSON-RPC by web3j, the only package that imports its
 * protocol classes.
 */
@NullMarked
package dev.skep.chain.rpc;

import org.jspecify.annotations.NullMarked;
