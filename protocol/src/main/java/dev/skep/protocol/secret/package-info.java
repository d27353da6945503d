/** Words that only one reader may have: sealed to a key that the reader made for this one time. */
@NullMarked
package dev.skep.protocol.secret;

import org.jspecify.annotations.NullMarked;
