package dev.skep.provider.network;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IPv4 addresses, written {@code 10.0.0.0/8}; a plain address is a range of one.
 *
 * @param first the lowest address, as an unsigned number
 * @param bits how many leading bits all addresses share
 */
public record AddressRange(long first, int bits) {

  private static final int ALL = 32;
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})(?:/([0-9]{1,2}))?");

  public AddressRange {
    if (bits < 0 || bits > ALL || (first & ~mask(bits)) != 0) {
      throw new IllegalArgumentException("not a range of addresses");
    }
  }

  /**
   * Reads a range.
   *
   * @throws SkepException {@code network-range-invalid} (CALLER)
   */
  public static AddressRange parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw invalid(text);
    }
    long address = 0;
    for (int part = 1; part <= 4; part++) {
      address = address << 8 | octet(text, form.group(part));
    }
    String bits = form.group(5);
    try {
      return new AddressRange(address, bits == null ? ALL : Integer.parseInt(bits));
    } catch (IllegalArgumentException e) {
      throw invalid(text);
    }
  }

  private static int octet(String text, String digits) {
    int octet = Integer.parseInt(digits);
    if (octet > 255) {
      throw invalid(text);
    }
    return octet;
  }

  private static SkepException invalid(String text) {
    return SkepException.of("network-range-invalid", 400)
        .fault(Fault.CALLER)
        .because("'" + text + "' is not a range of IPv4 addresses")
        .hint("Write it as 192.168.1.0/24, its last bits zero, or as one address.");
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : (0xFFFF_FFFFL << (ALL - bits)) & 0xFFFF_FFFFL;
  }

  boolean contains(AddressRange other) {
    return other.bits >= bits && (other.first & mask(bits)) == first;
  }

  @Override
  public String toString() {
    String address =
        "%d.%d.%d.%d".formatted(first >> 24, first >> 16 & 255, first >> 8 & 255, first & 255);
    return bits == ALL ? address : address + "/" + bits;
  }
}
