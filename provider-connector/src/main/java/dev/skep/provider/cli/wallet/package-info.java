/** The commands of {@code skep wallet}. */
@NullMarked
package dev.skep.provider.cli.wallet;

import org.jspecify.annotations.NullMarked;
