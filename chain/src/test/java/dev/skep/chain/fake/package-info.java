/** Chains for tests: one in memory that keeps the contracts' rules, one real in a child process. */
@NullMarked
package dev.skep.chain.fake;

import org.jspecify.annotations.NullMarked;
