package dev.skep.protocol.pool;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One place in the network that a pool's jobs may reach, written {@code host:port}.
 *
 * @param host a DNS name in lower case, or an IPv4 address; never a pattern
 */
public record Destination(String host, int port) {
  private static final Pattern FORM = Pattern.compile("([A-Za-z0-9.-]{1,253}):([0-9]{1,5})");
  private static final Pattern NAME =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);

  public Destination {
    if (!NAME.matcher(host).matches() && !IPV4.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "'" + host + "' is neither a full DNS name nor an IPv4 address; patterns are not taken");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the port must be between 1 and 65535");
    }
  }

  /** Reads {@code host:port}; anything else is an {@link IllegalArgumentException}. */
  public static Destination parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("expected host:port such as api.example.org:443");
    }
    return new Destination(form.group(1).toLowerCase(Locale.ROOT), Integer.parseInt(form.group(2)));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
