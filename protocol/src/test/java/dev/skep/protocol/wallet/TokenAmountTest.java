package dev.skep.protocol.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAmountTest {
  private static final TokenAmount MOST =
      new TokenAmount(BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE));

  @Test
  void shouldReadAndPrintWhatPeopleWrite() {
    assertThat(TokenAmount.parseHuman("0.01 SKEP").toString()).isEqualTo("10000000000000000");
    assertThat(TokenAmount.parseHuman("10").toHuman()).isEqualTo("10 SKEP");
    assertThat(TokenAmount.of(1).toHuman()).isEqualTo("0.000000000000000001 SKEP");
    assertThat(TokenAmount.ZERO.toHuman()).isEqualTo("0 SKEP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "1e18",
        "0x10",
        "1.",
        ".5",
        "1 ETH",
        "0.0000000000000000001",
        "1,5",
        "१",
        "NaN",
        "999999999999999999999 SKEP"
      })
  void shouldRefuseEverythingElse(String text) {
    assertThatThrownBy(() -> TokenAmount.parseHuman(text)).isInstanceOf(SkepException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "1.0", " 1", "+1", "1e3", "340282366920938463463374607431768211456"})
  void shouldRefuseWhatIsNotAnAmountInJson(String text) {
    assertThatThrownBy(() -> TokenAmount.parse(text)).isInstanceOf(SkepException.class);
  }

  @Test
  void shouldNeverWrap() {
    assertThatThrownBy(() -> MOST.plus(TokenAmount.of(1))).isInstanceOf(SkepException.class);
    assertThatThrownBy(() -> TokenAmount.ZERO.minus(TokenAmount.of(1)))
        .isInstanceOf(SkepException.class);
    assertThatThrownBy(() -> MOST.times(2)).isInstanceOf(SkepException.class);
    assertThatThrownBy(() -> TokenAmount.of(1).times(-1)).isInstanceOf(SkepException.class);
  }

  @Test
  void shouldSurviveBothTextFormsWhateverTheAmount() {
    Random random = new Random(42);
    for (int i = 0; i < 2000; i++) {
      TokenAmount amount = new TokenAmount(new BigInteger(random.nextInt(129), random));
      assertThat(TokenAmount.parse(amount.toString())).isEqualTo(amount);
      assertThat(TokenAmount.parseHuman(amount.toHuman())).isEqualTo(amount);
    }
  }

  @Test
  void shouldKeepAddressesLowerCase() {
    String mixed = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    WalletAddress address = WalletAddress.parse(mixed);
    assertThat(address.toString()).isEqualTo("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
    assertThat(WalletAddress.of(address.bytes())).isEqualTo(address);
    for (String bad :
        new String[] {
          "", "0x", "f39fd6e51aad88f6f4ce6ab8827279cfffb92266", mixed + "0", mixed.replace('f', 'g')
        }) {
      assertThatThrownBy(() -> WalletAddress.parse(bad)).isInstanceOf(SkepException.class);
    }
  }
}
