/** Pools as listings: what an owner may ask for, what everybody may see, and how a pool ends. */
@NullMarked
package dev.skep.queen.pool;

import org.jspecify.annotations.NullMarked;
