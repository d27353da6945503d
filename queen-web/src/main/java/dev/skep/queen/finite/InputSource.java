package dev.skep.queen.finite;

import org.jspecify.annotations.Nullable;

/** The inputs of one pool in order, from a mark on; in bounded memory. */
interface InputSource {
  /** The next one, or null at the end. */
  @Nullable Input next();
}
