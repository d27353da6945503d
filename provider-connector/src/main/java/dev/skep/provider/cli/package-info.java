/**
 * The command line: one class per command, the only place with picocli and the only one that talks
 * on the console. Commands ask other packages and print what they answer.
 */
@NullMarked
package dev.skep.provider.cli;

import org.jspecify.annotations.NullMarked;
