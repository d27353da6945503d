package dev.skep.queen.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ControlCharactersTest {

  /** Every byte at every place of what is read by eights and of the rest. */
  @Test
  void shouldFindEachWhereverItStandsAndNothingElse() {
    for (int at = 0; at < 21; at++) {
      for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
        for (byte around : new byte[] {' ', (byte) 0xff, 0x7f, (byte) 0x80}) {
          byte[] bytes = new byte[21];
          Arrays.fill(bytes, around);
          bytes[at] = (byte) value;
          assertThat(ControlCharacters.in(bytes))
              .as("%d at %d among %d", value, at, around)
              .isEqualTo(value >= 0 && value < ' ');
        }
      }
    }
  }
}
