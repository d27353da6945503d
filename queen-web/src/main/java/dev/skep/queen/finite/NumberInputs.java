package dev.skep.queen.finite;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Whole numbers, one after the other. */
final class NumberInputs implements InputSource {
  private final FinitePool pool;
  private int number;

  NumberInputs(FinitePool pool) {
    this.pool = pool;
    this.number = pool.mark().number();
  }

  @Override
  public @Nullable Input next() {
    if (number == pool.total()) {
      return null;
    }
    String text = Long.toString(pool.first() + number);
    return new Input(++number, text.getBytes(StandardCharsets.US_ASCII), 0);
  }
}
