/**
 * The queen as seen over HTTPS: where she is, how her answers and refusals read, how a wallet signs
 * in. Every answer is a stranger's input.
 */
@NullMarked
package dev.skep.provider.queen;

import org.jspecify.annotations.NullMarked;
