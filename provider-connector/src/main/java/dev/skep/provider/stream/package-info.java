/**
 * The connector's end of the stream plane: tells the queen what jobs say while they run. Best
 * effort: results go another way, and a broken plane fails no job.
 */
@NullMarked
package dev.skep.provider.stream;

import org.jspecify.annotations.NullMarked;
