/** The commands of {@code skep pool}. */
@NullMarked
package dev.skep.provider.cli.pool;

import org.jspecify.annotations.NullMarked;
