/**
 * Data sets: hashed on the owner's machine; on a provider's fetched, checked and kept once for all
 * slots. Names come from a stranger and lead nowhere.
 */
@NullMarked
package dev.skep.provider.data;

import org.jspecify.annotations.NullMarked;
