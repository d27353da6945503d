/**
 * What this program keeps on disk between runs, under SKEP_HOME: settings and the wallet's place.
 */
@NullMarked
package dev.skep.provider.home;

import org.jspecify.annotations.NullMarked;
