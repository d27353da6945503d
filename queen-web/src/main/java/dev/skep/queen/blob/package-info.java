/** Bytes that are too many for a message or a row: kept in pieces, found by their rows. */
@NullMarked
package dev.skep.queen.blob;

import org.jspecify.annotations.NullMarked;
