/**
 * Transactions of the server's keys: signed and stored with their nonce first, sent after the
 * commit, followed until nothing can undo them.
 */
@NullMarked
package dev.skep.king.outbox;

import org.jspecify.annotations.NullMarked;
