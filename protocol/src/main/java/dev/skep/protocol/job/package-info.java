/** The life cycles of a job and of its attempts. */
@NullMarked
package dev.skep.protocol.job;

import org.jspecify.annotations.NullMarked;
