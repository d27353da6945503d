/**
 * What a pool owner writes down about a pool: the strict reading of its YAML file and the typed
 * form that goes to the queen. Knows nothing of the network.
 */
@NullMarked
package dev.skep.provider.pool;

import org.jspecify.annotations.NullMarked;
