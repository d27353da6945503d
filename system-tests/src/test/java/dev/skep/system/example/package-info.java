/** Pages that show commands, and the examples: typed as they are written, against a real queen. */
@NullMarked
package dev.skep.system.example;

import org.jspecify.annotations.NullMarked;
