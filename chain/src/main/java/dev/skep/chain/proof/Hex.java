package dev.skep.chain.proof;

import java.util.HexFormat;

/** Bytes as {@code 0x} and lower-case digits, the only form we write; either case is read. */
public final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  public static String encode(byte[] bytes) {
    return "0x" + FORMAT.formatHex(bytes);
  }

  /**
   * Reads text that must start with {@code 0x}.
   *
   * @throws IllegalArgumentException without the prefix, at an odd length or another character
   */
  public static byte[] decode(String text) {
    if (!text.startsWith("0x")) {
      throw new IllegalArgumentException("hexadecimal text starts with 0x");
    }
    return FORMAT.parseHex(text, 2, text.length());
  }

  /** As {@link #decode(String)}, of exactly this many bytes. */
  public static byte[] decode(String text, int length) {
    if (text.length() != 2 + 2 * length) {
      throw new IllegalArgumentException("expected " + length + " bytes as hexadecimal text");
    }
    return decode(text);
  }
}
