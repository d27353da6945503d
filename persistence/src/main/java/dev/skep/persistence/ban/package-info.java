/** The wallets that may not sign in. */
@NullMarked
package dev.skep.persistence.ban;

import org.jspecify.annotations.NullMarked;
