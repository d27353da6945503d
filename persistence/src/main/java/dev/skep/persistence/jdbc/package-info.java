/** Plain JDBC in few words: transactions, typed parameters and typed columns. */
@NullMarked
package dev.skep.persistence.jdbc;

import org.jspecify.annotations.NullMarked;
