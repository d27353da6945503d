/**
 * Finite pools: the queen feeds a pool's inputs as its owner's jobs, keeps which job each became,
 * and completes the pool when the last has ended. Why a line is neither lost nor repeated: ADR
 * 0044.
 */
@NullMarked
package dev.skep.queen.finite;

import org.jspecify.annotations.NullMarked;
