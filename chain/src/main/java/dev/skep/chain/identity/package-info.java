/**
 * Who signed what: signatures, and Sign-In with Ethereum (ERC-4361); pure, no RPC, usable by the
 * queen.
 */
@NullMarked
package dev.skep.chain.identity;

import org.jspecify.annotations.NullMarked;
