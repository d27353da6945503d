/** What everybody may check: blocks, earnings and the evidence of each receipt. */
@NullMarked
package dev.skep.queen.ledger;

import org.jspecify.annotations.NullMarked;
