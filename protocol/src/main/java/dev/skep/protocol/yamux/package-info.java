/**
 * Many streams with credit over one connection, as the yamux specification says, without any I/O of
 * its own: bytes are handed in and taken out. Queen and connector share it; the decision is ADR
 * 0035.
 */
@NullMarked
package dev.skep.protocol.yamux;

import org.jspecify.annotations.NullMarked;
