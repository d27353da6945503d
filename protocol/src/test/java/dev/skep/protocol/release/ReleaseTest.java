package dev.skep.protocol.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseTest {
  private static final ReleaseManifest MANIFEST =
      new ReleaseManifest(Version.parse("0.2.0"), 1, "ab".repeat(32), 12345);

  @Test
  void shouldOrderVersionsAsPeopleExpect() {
    List<Version> sorted =
        List.of("1.0.0", "0.10.0", "0.2.0", "0.2.0-SNAPSHOT").stream()
            .map(Version::parse)
            .sorted()
            .toList();

    assertThat(sorted)
        .map(Version::toString)
        .containsExactly("0.2.0-SNAPSHOT", "0.2.0", "0.10.0", "1.0.0");
    assertThat(Version.parse("0.1.0").isBefore(Version.parse("0.1.0"))).isFalse();
  }

  @Test
  void shouldReadItsOwnNameBack() {
    Software software = new Software(Version.parse("0.1.0-SNAPSHOT"), 1, MANIFEST.build());
    Software fromClasses = new Software(Version.parse("0.1.0"), 1, "");

    assertThat(Software.parse(software.toString())).contains(software);
    assertThat(Software.parse(fromClasses.toString())).contains(fromClasses);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "skep-java/0.1.0",
        "curl/8",
        "skep-java/x.y.z wire/1",
        "skep-java/1.2.3 wire/1 build/<b>"
      })
  void shouldTakeNothingElseForASoftware(String text) {
    assertThat(Software.parse(text)).isEmpty();
  }

  @Test
  void shouldReadAManifestBackAndNothingLikeIt() {
    assertThat(ReleaseManifest.parse(MANIFEST.text())).isEqualTo(MANIFEST);
    for (String bad : List.of("", MANIFEST.text() + "x", MANIFEST.text().replace("0.2.0", "two"))) {
      assertThatThrownBy(() -> ReleaseManifest.parse(bad))
          .isInstanceOfSatisfying(
              SkepException.class, e -> assertThat(e.code()).isEqualTo("release-malformed"));
    }
  }

  @Test
  void shouldKnowItsKeysSignatureFromAnyOther() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    ReleaseKey key = keyOf(pair);
    String signature = sign(pair, MANIFEST.bytes());

    assertThat(key.signed(MANIFEST.bytes(), signature)).isTrue();
    assertThat(key.signed(MANIFEST.text().replace("12345", "12346").getBytes(), signature))
        .isFalse();
    assertThat(key.signed(MANIFEST.bytes(), "AAAA")).isFalse();
    assertThat(key.signed(MANIFEST.bytes(), "no base64!")).isFalse();
    assertThat(new ReleaseKey("AAAA").signed(MANIFEST.bytes(), signature)).isFalse();
    assertThat(
            keyOf(KeyPairGenerator.getInstance("Ed25519").generateKeyPair())
                .signed(MANIFEST.bytes(), signature))
        .isFalse();
    assertThat(key.fingerprint()).matches("SHA256:[0-9a-f]{64}");
  }

  private static ReleaseKey keyOf(KeyPair pair) {
    return new ReleaseKey(Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
  }

  private static String sign(KeyPair pair, byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(message);
    return Base64.getEncoder().encodeToString(signature.sign());
  }
}
