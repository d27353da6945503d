package dev.skep.chain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.chain.identity.SignInVerifier.Expectations;
import dev.skep.chain.proof.Hex;
import dev.skep.chain.proof.Keccak;
import dev.skep.chain.proof.Vectors;
import dev.skep.chain.wallet.Wallet;
import dev.skep.protocol.SkepException;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.crypto.Sign;

/** Messages made and signed by the npm packages siwe and ethers. */
class SignInTest {
  private static final List<JsonObject> VECTORS =
      Vectors.read("/dev/skep/chain/sign-in.json").asJsonArray().getValuesAs(JsonObject.class);
  private static final Instant NOW = Instant.parse("2026-01-02T03:05:00Z");
  private static final Expectations HERE = new Expectations("localhost:8080", 31337, NOW);
  private static final String WALLET = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

  private final SignInVerifier verifier = new SignInVerifier(ContractSignatures.NONE);
  private final String text = VECTORS.get(1).getString("text");
  private final Wallet wallet =
      Wallet.fromMnemonic("test test test test test test test test test test test junk", 0);

  static Stream<JsonObject> vectors() {
    return VECTORS.stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void shouldKnowTheSigner(JsonObject vector) {
    String signature = vector.getString("signature");
    assertThat(verifier.verify(vector.getString("text"), signature, HERE)).hasToString(WALLET);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void shouldWriteWhatItReads(JsonObject vector) {
    String original = vector.getString("text");
    assertThat(SignInMessage.parse(original).text()).isEqualTo(original);
  }

  @Test
  void shouldReadEveryField() {
    SignInMessage full = SignInMessage.parse(VECTORS.get(2).getString("text"));
    assertThat(full.nonce()).isEqualTo("a1B2c3D4e5F6");
    assertThat(full.statement()).isEqualTo("All of it");
    assertThat(full.requestId()).isEqualTo("r-1");
    assertThat(full.resources()).containsExactly("https://example.com/a", "ipfs://x");
    assertThat(full.validity().notBefore()).isEqualTo("2026-01-02T03:04:00.500Z");
  }

  @Test
  void shouldRefuseAnotherSiteChainOrTime() {
    assertRefused(new Expectations("evil.example", 31337, NOW), "another site");
    assertRefused(new Expectations("localhost:8080", 1135, NOW), "another chain");
    Instant late = Instant.parse("2026-01-02T03:09:05Z");
    assertRefused(new Expectations("localhost:8080", 31337, late), "expired");
  }

  @Test
  void shouldRefuseAMessageBeforeItsTime() {
    Expectations early =
        new Expectations("localhost:8080", 31337, Instant.parse("2026-01-02T03:04:00Z"));
    String full = VECTORS.get(2).getString("text");
    assertThatThrownBy(() -> verifier.verify(full, wallet.signMessage(full).toString(), early))
        .hasMessageContaining("not valid yet");
  }

  @Test
  void shouldRefuseAMessageWithoutExpiry() {
    String endless = text.replaceAll("\nExpiration Time:.*", "");
    assertThatThrownBy(() -> verifier.verify(endless, wallet.signMessage(endless).toString(), HERE))
        .hasMessageContaining("no expiry");
  }

  static Stream<UnaryOperator<String>> spoilers() {
    return Stream.of(
        text -> text.replace("\n", "\r\n"),
        text -> text + "\n",
        text -> text.replace("Version: 1", "Version: 2"),
        text -> text.replace("0xf39Fd6", "0xf39fd6"),
        text -> text.replace("Nonce: a1B2c3D4e5F6", "Nonce: short"),
        text -> text.replace("Sign in to Skep.", "Sign in\nURI: http://evil.example"),
        text -> text.replace("2026-01-02T03:09:05Z", "2026-13-02T03:09:05Z"),
        text -> text.replace("Chain ID: 31337", "Chain ID: 99999999999999999999"),
        text -> text.replace("localhost:8080 wants", "http://localhost:8080 wants"),
        text -> "");
  }

  @ParameterizedTest
  @MethodSource("spoilers")
  void shouldRefuseWhatIsNotExactlyTheForm(UnaryOperator<String> spoiler) {
    String spoiled = spoiler.apply(text);
    assertThat(spoiled).isNotEqualTo(text);
    String signature = wallet.signMessage(spoiled).toString();
    assertThatThrownBy(() -> verifier.verify(spoiled, signature, HERE))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("sign-in-malformed"));
  }

  @Test
  void shouldRefuseAnothersSignature() {
    Wallet other = Wallet.fromPrivateKey(Keccak.hash(new byte[] {1}));
    assertThatThrownBy(() -> verifier.verify(text, other.signMessage(text).toString(), HERE))
        .hasMessageContaining("not the wallet's");
  }

  @Test
  void shouldRefuseTheSameSignatureInItsOtherForm() {
    Signature good = wallet.signMessage(text);
    byte[] bytes = good.bytes();
    byte[] high = Sign.CURVE_PARAMS.getN().subtract(good.s()).toByteArray();
    System.arraycopy(high, high.length - 32, bytes, 32, 32);
    bytes[64] = (byte) (55 - bytes[64]);
    assertThatThrownBy(() -> verifier.verify(text, Hex.encode(bytes), HERE))
        .hasMessageContaining("not the wallet's");
  }

  @Test
  void shouldRefuseASignatureThatIsNone() {
    for (String garbage : List.of("", "0x", "zz", "0x00", "0x" + "00".repeat(65))) {
      assertThatThrownBy(() -> verifier.verify(text, garbage, HERE))
          .isInstanceOf(SkepException.class);
    }
  }

  @Test
  void shouldAskTheContractOfAContractWallet() {
    SignInVerifier asking =
        new SignInVerifier((address, digest, signature) -> signature.length == 3);
    assertThat(asking.verify(text, "0x010203", HERE)).hasToString(WALLET);
    assertThatThrownBy(() -> asking.verify(text, "0x0102", HERE)).isInstanceOf(SkepException.class);
  }

  @Test
  void shouldReadTheRecoveryByteInBothWays() {
    byte[] bytes = wallet.signMessage(text).bytes();
    Signature usual = Signature.of(bytes);
    bytes[64] -= 27;
    assertThat(Signature.of(bytes)).isEqualTo(usual);
    assertThatThrownBy(() -> new Signature(BigInteger.ONE, BigInteger.ONE, 29))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void assertRefused(Expectations expected, String reason) {
    String signature = VECTORS.get(1).getString("signature");
    assertThatThrownBy(() -> verifier.verify(text, signature, expected))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("sign-in-refused"))
        .hasMessageContaining(reason);
  }
}
