/**
 * Sign-In with Ethereum: single-use challenges, logins, and the bearer tokens that come of them.
 */
@NullMarked
package dev.skep.queen.identity;

import org.jspecify.annotations.NullMarked;
