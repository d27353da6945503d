/** The queen: portal, REST API, dispatch. */
@NullMarked
package dev.skep.queen;

import org.jspecify.annotations.NullMarked;
