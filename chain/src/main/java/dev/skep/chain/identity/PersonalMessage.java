package dev.skep.chain.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Keccak;

/** EIP-191: the digest that wallets sign for a text, which no transaction can have. */
public final class PersonalMessage {
  private PersonalMessage() {}

  public static Hash32 digest(String text) {
    byte[] body = text.getBytes(UTF_8);
    byte[] prefix = ("\u0019Ethereum Signed Message:\n" + body.length).getBytes(UTF_8);
    return Keccak.hash(prefix, body);
  }
}
