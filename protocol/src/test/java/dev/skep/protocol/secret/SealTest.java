package dev.skep.protocol.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final byte[] TEXT = bytes("a key of an API");
  private static final byte[] POOL = bytes("this pool");

  private final Seal reader = Seal.make();

  @Test
  void shouldOpenWhatWasSealedToIt() {
    assertThat(reader.open(Seal.to(reader.publicKey(), TEXT, POOL), POOL)).isEqualTo(TEXT);
  }

  @Test
  void shouldSealTheSameTextDifferentlyEachTime() {
    String one = Seal.to(reader.publicKey(), TEXT, POOL);
    assertThat(one).isNotEqualTo(Seal.to(reader.publicKey(), TEXT, POOL));
    assertThat(new String(Base64.getDecoder().decode(one), StandardCharsets.ISO_8859_1))
        .doesNotContain("API");
  }

  @Test
  void shouldNotOpenWithAnotherKeyForAnotherPoolOrWhenChanged() {
    String sealed = Seal.to(reader.publicKey(), TEXT, POOL);
    byte[] changed = Base64.getDecoder().decode(sealed);
    changed[changed.length - 1] ^= 1;

    assertThatIllegalArgumentException().isThrownBy(() -> Seal.make().open(sealed, POOL));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.open(sealed, bytes("another pool")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.open(Base64.getEncoder().encodeToString(changed), POOL));
    assertThatIllegalArgumentException().isThrownBy(() -> reader.open("AAAA", POOL));
  }

  @Test
  void shouldRefuseWhatIsNoPublicKey() {
    assertThatIllegalArgumentException().isThrownBy(() -> Seal.to("AAAA", TEXT, POOL));
    assertThatIllegalArgumentException().isThrownBy(() -> Seal.to("%%%", TEXT, POOL));
    byte[] smallOrder = Base64.getDecoder().decode(reader.publicKey());
    java.util.Arrays.fill(smallOrder, 12, 44, (byte) 0);
    String zero = Base64.getEncoder().encodeToString(smallOrder);
    assertThatIllegalArgumentException().isThrownBy(() -> Seal.to(zero, TEXT, POOL));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
