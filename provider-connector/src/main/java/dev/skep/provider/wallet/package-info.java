/**
 * What a wallet's owner does with money through the queen: funds pools, takes deposits back, claims
 * earnings. Every change of money is signed here and paid for by the queen's relay; no gas is
 * needed.
 */
@NullMarked
package dev.skep.provider.wallet;

import org.jspecify.annotations.NullMarked;
