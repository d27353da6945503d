/**
 * The port to whatever runs jobs: a slot is started once, stays warm, and answers one job at a
 * time.
 */
@NullMarked
package dev.skep.provider.runtime;

import org.jspecify.annotations.NullMarked;
