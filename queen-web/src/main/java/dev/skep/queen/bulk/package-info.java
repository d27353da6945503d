/**
 * Many jobs over one connection: lines of JSON in, lines of JSON out while more come in. Bounds
 * what one client holds here; what a job is and how a key makes it resumable is the job package's.
 */
@NullMarked
package dev.skep.queen.bulk;

import org.jspecify.annotations.NullMarked;
