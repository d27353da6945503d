/** Tests that run inside the server, in one archive of their own beside the application. */
@NullMarked
package dev.skep.system.inside;

import org.jspecify.annotations.NullMarked;
