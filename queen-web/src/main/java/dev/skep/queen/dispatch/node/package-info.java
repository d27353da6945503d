/**
 * What this node runs: its dispatcher with the real ledger and broker, the timers of its detectors,
 * and the rows it starts from.
 */
@NullMarked
package dev.skep.queen.dispatch.node;

import org.jspecify.annotations.NullMarked;
