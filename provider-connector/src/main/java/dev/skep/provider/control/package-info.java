/**
 * How the owner of a machine steers a running connector from another terminal: a wish and a state,
 * each a small file in the home folder that only its owner may enter.
 */
@NullMarked
package dev.skep.provider.control;

import org.jspecify.annotations.NullMarked;
