/** Pools as their owners made them; what jobs spend of them is in the ledger's rows. */
@NullMarked
package dev.skep.persistence.pool;

import org.jspecify.annotations.NullMarked;
