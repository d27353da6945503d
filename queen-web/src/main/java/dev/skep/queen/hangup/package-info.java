/**
 * Whether the client of a waiting call is still there. The only place that knows which HTTP engine
 * serves us.
 */
@NullMarked
package dev.skep.queen.hangup;

import org.jspecify.annotations.NullMarked;
