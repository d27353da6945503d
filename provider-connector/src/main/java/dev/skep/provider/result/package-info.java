/**
 * Results on their way to the queen. They wait in memory only: a connector that dies loses them,
 * and the queen's leases make good for it.
 */
@NullMarked
package dev.skep.provider.result;

import org.jspecify.annotations.NullMarked;
