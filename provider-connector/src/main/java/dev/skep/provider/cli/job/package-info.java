/** The commands of {@code skep job}. */
@NullMarked
package dev.skep.provider.cli.job;

import org.jspecify.annotations.NullMarked;
