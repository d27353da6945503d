/** What this machine has: read from the system, never guessed. The only place with OSHI. */
@NullMarked
package dev.skep.provider.hardware;

import org.jspecify.annotations.NullMarked;
