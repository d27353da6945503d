/**
 * The slots this machine fills: each a warm container that is started, fed in order, replaced when
 * it dies, and emptied when the provider leaves. Knows nothing of the network.
 */
@NullMarked
package dev.skep.provider.slot;

import org.jspecify.annotations.NullMarked;
