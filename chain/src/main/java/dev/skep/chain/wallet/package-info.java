/**
 * Private keys: the mnemonic, the local keystore and the roles of the server keys; they never leave
 * as text.
 */
@NullMarked
package dev.skep.chain.wallet;

import org.jspecify.annotations.NullMarked;
