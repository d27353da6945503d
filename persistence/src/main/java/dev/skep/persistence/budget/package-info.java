/** Leases of a pool's deposit to nodes, so that accepting a job touches no shared row. */
@NullMarked
package dev.skep.persistence.budget;

import org.jspecify.annotations.NullMarked;
