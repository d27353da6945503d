package dev.skep.chain.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.skep.chain.proof.Keccak;
import dev.skep.protocol.wallet.WalletAddress;
import java.util.Locale;

/** EIP-55: an address whose capitals are a checksum, the form that sign-in messages carry. */
public final class ChecksumAddress {
  private ChecksumAddress() {}

  public static String of(WalletAddress address) {
    String digits = address.toString().substring(2).toLowerCase(Locale.ROOT);
    String hash = Keccak.hash(digits.getBytes(US_ASCII)).toString().substring(2);
    StringBuilder text = new StringBuilder("0x");
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      text.append(hash.charAt(i) >= '8' ? Character.toUpperCase(digit) : digit);
    }
    return text.toString();
  }

  /** Reads an address whose capitals are right. */
  public static WalletAddress parse(String text) {
    WalletAddress address = WalletAddress.parse(text.toLowerCase(Locale.ROOT));
    if (!of(address).equals(text)) {
      throw new IllegalArgumentException("the address's checksum is wrong");
    }
    return address;
  }
}
