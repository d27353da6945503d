/** What the king cannot do and a human should know. */
@NullMarked
package dev.skep.king.problem;

import org.jspecify.annotations.NullMarked;
