/**
 * Names of the images that jobs run in, and the rules by which a name becomes one exact image id.
 */
@NullMarked
package dev.skep.provider.image;

import org.jspecify.annotations.NullMarked;
