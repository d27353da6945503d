package dev.skep.chain.identity;

import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Hex;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;

/**
 * Checks a signed ERC-4361 message without any state. The caller consumes the nonce afterwards: a
 * message that passes here has still to be the first with its nonce.
 */
public final class SignInVerifier {
  private final ContractSignatures contracts;

  public SignInVerifier(ContractSignatures contracts) {
    this.contracts = contracts;
  }

  /** What the message must say: our host, our chain, and a time at which it is valid. */
  public record Expectations(String domain, long chainId, Instant now) {}

  /**
   * The wallet that signed in.
   *
   * @param signature hexadecimal text, 65 bytes for a key wallet
   * @throws SkepException {@code sign-in-malformed} (400) or {@code sign-in-refused} (401)
   */
  public WalletAddress verify(String text, String signature, Expectations expected) {
    SignInMessage message = parse(text);
    require(message.domain().equals(expected.domain()), "it is for another site");
    require(message.chainId() == expected.chainId(), "it is for another chain");
    requireTime(message.validity(), expected.now());
    Hash32 digest = PersonalMessage.digest(text);
    boolean signed =
        signedByKey(message.address(), digest, signature)
            || contracts.accepts(message.address(), digest, decode(signature));
    require(signed, "the signature is not the wallet's");
    return message.address();
  }

  private static void requireTime(SignInMessage.Validity validity, Instant now) {
    Instant expiresAt = validity.expiresAt();
    Instant notBefore = validity.notBefore();
    require(expiresAt != null, "it has no expiry");
    require(expiresAt != null && now.isBefore(expiresAt), "it has expired");
    require(notBefore == null || !now.isBefore(notBefore), "it is not valid yet");
  }

  private static boolean signedByKey(WalletAddress wallet, Hash32 digest, String signature) {
    try {
      return Signature.parse(signature).signer(digest).equals(wallet);
    } catch (IllegalArgumentException notAKeySignature) {
      return false;
    }
  }

  private static byte[] decode(String signature) {
    try {
      return Hex.decode(signature);
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  private static SignInMessage parse(String text) {
    try {
      return SignInMessage.parse(text);
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  private static void require(boolean condition, String reason) {
    if (!condition) {
      throw SkepException.of("sign-in-refused", 401)
          .fault(Fault.CALLER)
          .because("The sign-in message is refused: " + reason + ".")
          .hint("Ask for a new challenge and sign exactly the text it returns.");
    }
  }

  private static SkepException malformed(IllegalArgumentException cause) {
    return SkepException.of("sign-in-malformed", 400)
        .fault(Fault.CALLER)
        .because("The sign-in message cannot be read: " + cause.getMessage() + ".")
        .hint("Sign the text of the challenge as it is; lines end with a single line feed.");
  }
}
