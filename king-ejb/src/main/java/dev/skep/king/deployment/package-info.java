/** Where our contracts live, and bringing them to a development chain that has none. */
@NullMarked
package dev.skep.king.deployment;

import org.jspecify.annotations.NullMarked;
