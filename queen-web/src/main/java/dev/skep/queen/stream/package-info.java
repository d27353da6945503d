/**
 * The queen's end of the stream plane: one connection per connector session with a stream per
 * attempt that has something to tell, passed on to whoever listens. Best effort: a job's result
 * never depends on it.
 */
@NullMarked
package dev.skep.queen.stream;

import org.jspecify.annotations.NullMarked;
