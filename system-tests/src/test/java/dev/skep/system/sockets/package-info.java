/** What the server listens on, and that it is no more than it should. */
@NullMarked
package dev.skep.system.sockets;

import org.jspecify.annotations.NullMarked;
