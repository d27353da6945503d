package dev.skep.protocol.data;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * One file of a data set.
 *
 * @param path where it lies in the set: steps joined by {@code /}, none of which leads elsewhere
 * @param sha256 of its bytes, 64 lower-case hex digits
 */
public record DataFile(String path, long size, String sha256) {
  private static final int MOST_DEPTH = 32;
  private static final int MOST_PATH = 1_000;

  /** The longest name that file systems take, in bytes. */
  private static final int MOST_STEP = 255;

  private static final Pattern STEP = Pattern.compile("[^/\\\\\\p{Cntrl}]+");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public DataFile {
    checkPath(path);
    checkSha256(sha256);
    if (size < 0 || size > DataManifest.MOST_BYTES) {
      throw new IllegalArgumentException(
          "'" + shown(path) + "' is longer than " + DataManifest.MOST_BYTES + " bytes");
    }
  }

  private static void checkPath(String path) {
    String[] steps = path.split("/", -1);
    if (steps.length > MOST_DEPTH || path.length() > MOST_PATH) {
      throw new IllegalArgumentException("the path '" + shown(path) + "' is too long");
    }
    for (String step : steps) {
      boolean leads = step.equals(".") || step.equals("..") || !STEP.matcher(step).matches();
      if (leads || step.getBytes(StandardCharsets.UTF_8).length > MOST_STEP) {
        throw new IllegalArgumentException(
            "'" + shown(path) + "' is not a path that every machine can have");
      }
    }
  }

  /** Refuses what is not a SHA-256 in lower-case hex; returns what is. */
  static String checkSha256(String sha256) {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("a SHA-256 is 64 hexadecimal digits in lower case");
    }
    return sha256;
  }

  /** A stranger's path, short and without control characters. */
  static String shown(String path) {
    String cut = path.length() > 100 ? path.substring(0, 100) + "..." : path;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
