package dev.skep.queen.rest;

import java.util.Optional;
import java.util.stream.Stream;

/** Looks through the wrappers that containers put round an exception. */
public final class Causes {
  private static final int DEPTH = 12;

  private Causes() {}

  public static <E extends Throwable> Optional<E> find(Throwable failure, Class<E> type) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(DEPTH)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}
