/**
 * The packages a program needs: pinned by hash on the owner's machine, fetched, checked and
 * unpacked on a provider's, where nothing of a package ever runs outside a job's container.
 */
@NullMarked
package dev.skep.provider.dependency;

import org.jspecify.annotations.NullMarked;
