/** What the queen's node was told at its start, read once and checked. */
@NullMarked
package dev.skep.queen.settings;

import org.jspecify.annotations.NullMarked;
