package dev.skep.protocol.wallet;

import dev.skep.protocol.SkepException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** A wallet: 20 bytes, written as lower-case 0x hex everywhere but in sign-in messages. */
public record WalletAddress(String value) implements Comparable<WalletAddress> {
  private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{40}");

  public WalletAddress {
    if (value.length() != 42 || !FORM.matcher(value).matches()) {
      throw SkepException.of("address-malformed", 400)
          .because("a wallet address is 0x and 40 hex digits")
          .hint("Print yours with: skep wallet address");
    }
  }

  /** Reads either case; a mixed-case checksum is not checked here. */
  public static WalletAddress parse(String text) {
    return new WalletAddress(text.length() == 42 ? text.toLowerCase(Locale.ROOT) : text);
  }

  public static WalletAddress of(byte[] twentyBytes) {
    return new WalletAddress("0x" + HexFormat.of().formatHex(twentyBytes));
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(value, 2, 42);
  }

  @Override
  public int compareTo(WalletAddress other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
