package dev.skep.protocol.wallet;

import dev.skep.protocol.SkepException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of the token in its smallest unit, 0 to 2^128-1; 18 decimals make one SKEP. Sums that
 * leave the range throw {@code amount-out-of-range} instead of wrapping.
 */
public record TokenAmount(BigInteger value) implements Comparable<TokenAmount> {
  public static final String SYMBOL = "SKEP";
  public static final int DECIMALS = 18;
  public static final TokenAmount ZERO = new TokenAmount(BigInteger.ZERO);

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,39}");
  private static final Pattern HUMAN =
      Pattern.compile("([0-9]{1,21}(?:\\.[0-9]{1,18})?)(?: SKEP)?");

  public TokenAmount {
    if (value.signum() < 0 || value.bitLength() > 128) {
      throw SkepException.of("amount-out-of-range", 422)
          .because("a token amount is a whole number from 0 to 2^128-1 of the smallest unit");
    }
  }

  public static TokenAmount of(long smallestUnits) {
    return new TokenAmount(BigInteger.valueOf(smallestUnits));
  }

  /** Reads the JSON form: decimal digits of the smallest unit. */
  public static TokenAmount parse(String digits) {
    if (digits.length() > 39 || !DIGITS.matcher(digits).matches()) {
      throw malformed("an amount in JSON is a string of decimal digits (smallest unit)");
    }
    return new TokenAmount(new BigInteger(digits));
  }

  /** Reads what people write: {@code 0.01 SKEP} or {@code 0.01}. */
  public static TokenAmount parseHuman(String text) {
    Matcher matcher = HUMAN.matcher(text.length() > 64 ? "" : text.strip());
    if (!matcher.matches()) {
      throw malformed("an amount is written like \"0.01 SKEP\", with at most 18 decimals");
    }
    return new TokenAmount(
        new BigDecimal(matcher.group(1)).movePointRight(DECIMALS).toBigIntegerExact());
  }

  public TokenAmount plus(TokenAmount other) {
    return new TokenAmount(value.add(other.value));
  }

  public TokenAmount minus(TokenAmount other) {
    return new TokenAmount(value.subtract(other.value));
  }

  public TokenAmount times(long factor) {
    return new TokenAmount(value.multiply(BigInteger.valueOf(factor)));
  }

  public TokenAmount min(TokenAmount other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  /** The form for people, without needless zeros: {@code 0.01 SKEP}. */
  public String toHuman() {
    BigDecimal skep = new BigDecimal(value, DECIMALS).stripTrailingZeros();
    return skep.toPlainString() + " " + SYMBOL;
  }

  @Override
  public int compareTo(TokenAmount other) {
    return value.compareTo(other.value);
  }

  /** The JSON form. */
  @Override
  public String toString() {
    return value.toString();
  }

  private static SkepException malformed(String why) {
    return SkepException.of("amount-malformed", 400).because(why);
  }
}
