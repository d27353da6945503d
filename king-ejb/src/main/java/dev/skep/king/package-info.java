/** The king: finalizes receipts into blocks and adds them to the blockchain. */
@NullMarked
package dev.skep.king;

import org.jspecify.annotations.NullMarked;
