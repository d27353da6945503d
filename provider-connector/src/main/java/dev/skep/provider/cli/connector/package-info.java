/** {@code skep connector}: steers the connector that runs on this machine. */
@NullMarked
package dev.skep.provider.cli.connector;

import org.jspecify.annotations.NullMarked;
