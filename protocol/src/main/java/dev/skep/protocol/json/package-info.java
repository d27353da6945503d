/** JSON texts that are checked and cut, but passed on byte by byte: inputs and outputs of jobs. */
@NullMarked
package dev.skep.protocol.json;

import org.jspecify.annotations.NullMarked;
