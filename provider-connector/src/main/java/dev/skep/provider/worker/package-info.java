/**
 * The connector's end of the socket to a worker: what comes in was written by a stranger's
 * container.
 */
@NullMarked
package dev.skep.provider.worker;

import org.jspecify.annotations.NullMarked;
