/**
 * Runs jobs in Docker containers that a stranger's code cannot leave. The only package that knows
 * docker-java.
 *
 * <p>The walls are described, one by one, in {@link dev.skep.provider.docker.Sandbox}; each is
 * proven by an attack of {@link dev.skep.provider.security}.
 */
@NullMarked
package dev.skep.provider.docker;

import org.jspecify.annotations.NullMarked;
