/** Data sets: files of an owner that jobs read, known by the hash of the list of their hashes. */
@NullMarked
package dev.skep.protocol.data;

import org.jspecify.annotations.NullMarked;
