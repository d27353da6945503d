package dev.skep.chain.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.chain.proof.Words;
import org.junit.jupiter.api.Test;

class RevertReasonTest {
  @Test
  void shouldNameOurErrorsAndOpenZeppelins() {
    assertThat(RevertReason.of(Selector.of("WrongProof()"))).startsWith("WrongProof()");
    byte[] data = Selector.encode("NothingToClaim(uint128)", new Words().number(7));
    assertThat(RevertReason.of(data)).startsWith("NothingToClaim(uint128) 0x").endsWith("7");
    assertThat(RevertReason.of(Selector.of("ERC2771ForwarderInvalidSigner(address,address)")))
        .startsWith("ERC2771ForwarderInvalidSigner");
  }

  @Test
  void shouldReadPlainTexts() {
    byte[] text = "paused".getBytes(UTF_8);
    Words words = new Words().number(32).number(text.length).padded(text);
    assertThat(RevertReason.of(Selector.encode("Error(string)", words))).isEqualTo("paused");
    assertThat(RevertReason.of(Selector.of("Error(string)"))).isEqualTo("Error(string)");
  }

  @Test
  void shouldPassOnWhatItDoesNotKnow() {
    assertThat(RevertReason.of(new byte[0])).isEqualTo("no reason given");
    assertThat(RevertReason.of(new byte[] {1, 2, 3, 4})).startsWith("0x01020304");
  }
}
