/** Rows and the transactions that write them. */
@NullMarked
package dev.skep.persistence;

import org.jspecify.annotations.NullMarked;
