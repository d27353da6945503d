/** The queen as her operators and monitors see her: who she is, how she is, and whom she bans. */
@NullMarked
package dev.skep.queen.operations;

import org.jspecify.annotations.NullMarked;
