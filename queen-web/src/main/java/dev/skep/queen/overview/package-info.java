/** The one page for people: pools, jobs and blocks at a glance; it works without JavaScript. */
@NullMarked
package dev.skep.queen.overview;

import org.jspecify.annotations.NullMarked;
