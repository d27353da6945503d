/**
 * Pure arithmetic of settlement: leaves, trees, block hashes and the evidence that anyone may check
 * without asking the queen.
 */
@NullMarked
package dev.skep.chain.proof;

import org.jspecify.annotations.NullMarked;
