/** The per-job ledger: accepted jobs, leases and ends, written in groups by one thread per node. */
@NullMarked
package dev.skep.persistence.ledger;

import org.jspecify.annotations.NullMarked;
