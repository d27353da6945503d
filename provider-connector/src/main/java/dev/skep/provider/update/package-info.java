/**
 * Which version of this program runs, how a newer one is fetched from the queen, and how the old
 * one comes back when the newer one does not work.
 */
@NullMarked
package dev.skep.provider.update;

import org.jspecify.annotations.NullMarked;
