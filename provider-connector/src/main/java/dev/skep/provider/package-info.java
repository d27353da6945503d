/** The process on a provider's machine: pulls jobs, runs them in Docker, keeps its owner safe. */
@NullMarked
package dev.skep.provider;

import org.jspecify.annotations.NullMarked;
