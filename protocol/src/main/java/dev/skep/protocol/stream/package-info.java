/** What queen and connector say on a stream while a job runs: short frames with hard limits. */
@NullMarked
package dev.skep.protocol.stream;

import org.jspecify.annotations.NullMarked;
