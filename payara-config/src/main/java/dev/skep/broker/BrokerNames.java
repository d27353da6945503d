package dev.skep.broker;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The names that occur in the broker, and what each must look like. */
public final class BrokerNames {
  /** The queue every connector asks on. */
  public static final String PULL = "skep.pull";

  /** Begins the queue of a node's results. */
  public static final String RESULTS_PREFIX = "skep.results.";

  /** Begins the queue of one connector's offers. */
  public static final String INBOX_PREFIX = "inbox.";

  private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern INBOX = Pattern.compile("inbox\\.[0-9a-f]{32}");
  private static final Pattern RESULTS =
      Pattern.compile("skep\\.results\\.[a-z0-9][a-z0-9_]{0,62}");

  private BrokerNames() {}

  /** A new inbox name; 128 random bits, so that it can neither collide nor be guessed. */
  public static String newInbox(SecureRandom random) {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    return INBOX_PREFIX + HexFormat.of().formatHex(bits);
  }

  static boolean isAddress(String name) {
    return ADDRESS.matcher(name).matches();
  }

  static boolean isInbox(String name) {
    return INBOX.matcher(name).matches();
  }

  static boolean isOurs(String name) {
    return PULL.equals(name) || RESULTS.matcher(name).matches() || isInbox(name);
  }

  static void requireAddress(String name) {
    require(ADDRESS, name, "wallet address");
  }

  static void requireSha256(String hex) {
    if (!SHA256.matcher(hex).matches()) {
      throw new IllegalArgumentException("Not a SHA-256 in lower-case hexadecimal digits");
    }
  }

  static void requireInbox(String name) {
    require(INBOX, name, "inbox");
  }

  static void requireResults(String name) {
    require(RESULTS, name, "results queue");
  }

  private static void require(Pattern shape, String name, String what) {
    if (!shape.matcher(name).matches()) {
      throw new IllegalArgumentException("Not the name of a " + what + ": " + name);
    }
  }
}
