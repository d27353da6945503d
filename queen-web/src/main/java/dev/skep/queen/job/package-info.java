/** Jobs as their clients see them: sent to a pool's address, looked at, cancelled. */
@NullMarked
package dev.skep.queen.job;

import org.jspecify.annotations.NullMarked;
