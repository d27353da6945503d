/** Words and messages shared by queen, king and provider: plain Java SE, immutable, no I/O. */
@NullMarked
package dev.skep.protocol;

import org.jspecify.annotations.NullMarked;
