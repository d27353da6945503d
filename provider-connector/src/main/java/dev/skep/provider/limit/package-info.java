/**
 * What the owner of a machine lends at most, when, and to whom: {@code limits.yml} in the home
 * folder. A pool that does not fit is refused with the reason before it gets a slot.
 */
@NullMarked
package dev.skep.provider.limit;

import org.jspecify.annotations.NullMarked;
