package dev.skep.chain.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.chain.proof.Words;
import java.math.BigInteger;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WordReaderTest {
  @Test
  void shouldReadDynamicValuesFromTheirOffsets() {
    Words words = new Words().number(32).number(3).padded(new byte[] {1, 2, 3});
    assertThat(new WordReader(words.toByteArray(), 0).dynamic().bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void shouldRefuseWhatIsMissingOrTooLarge() {
    BigInteger huge = BigInteger.TWO.pow(255);
    assertRefused(new Words(), WordReader::hash);
    assertRefused(new Words().number(huge), WordReader::amount);
    assertRefused(new Words().number(huge), WordReader::address);
    assertRefused(new Words().number(huge), WordReader::count);
    assertRefused(new Words().number(huge), WordReader::dynamic);
    assertRefused(new Words().number(1_000_000), WordReader::dynamic);
    assertRefused(new Words().number(1L << 40), WordReader::bytes);
  }

  @Test
  void shouldNeverReadOutsideWhateverItIsGiven() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] data = new byte[random.nextInt(200)];
      random.nextBytes(data);
      WordReader reader = new WordReader(data, 0);
      try {
        assertThat(reader.dynamic().bytes().length).isLessThanOrEqualTo(data.length);
      } catch (IllegalArgumentException expected) {
        assertThat(expected).hasMessageNotContaining("null");
      }
    }
  }

  private static void assertRefused(Words words, Consumer<WordReader> read) {
    assertThatThrownBy(() -> read.accept(new WordReader(words.toByteArray(), 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
