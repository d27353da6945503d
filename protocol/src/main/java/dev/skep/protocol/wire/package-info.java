/**
 * What queen and connector say to each other over JMS: envelope, message records and their bytes.
 * Every length is checked before anything is allocated.
 */
@NullMarked
package dev.skep.protocol.wire;

import org.jspecify.annotations.NullMarked;
