package dev.skep.protocol.pool;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One package of a lock: exactly these bytes, wherever they come from.
 *
 * @param file its name, such as {@code six-1.17.0-py2.py3-none-any.whl}; no path
 * @param hash {@code sha256:} or {@code sha512:} and lower-case hex
 * @param url where the public registry keeps it; null when the owner gave the file to the queen,
 *     where it is found by its SHA-256
 * @param path where it belongs under Node, such as {@code node_modules/ms}; null under Python
 */
public record PinnedFile(
    String name,
    String version,
    String file,
    String hash,
    @Nullable String url,
    @Nullable String path) {

  /**
   * The registries a lock may point at. A lock comes from a stranger, and whatever address stood in
   * it the machines of providers would ask; so it names public registries and nothing else.
   */
  public static final Set<String> REGISTRIES =
      Set.of("files.pythonhosted.org", "registry.npmjs.org");

  private static final Pattern NAME =
      Pattern.compile("(@[A-Za-z0-9][A-Za-z0-9._-]{0,99}/)?[A-Za-z0-9][A-Za-z0-9._-]{0,149}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+_!-]{0,99}");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+!-]{0,199}");
  private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
  private static final String STEP =
      "node_modules/(@[A-Za-z0-9][A-Za-z0-9._-]{0,99}/)?[A-Za-z0-9][A-Za-z0-9._-]{0,149}";
  private static final Pattern PATH = Pattern.compile(STEP + "(/" + STEP + "){0,15}");

  public PinnedFile {
    check(NAME, name, "name");
    check(VERSION, version, "version");
    check(FILE, file, "file");
    check(HASH, hash, "hash");
    if (path != null) {
      check(PATH, path, "path");
    }
    if (url != null) {
      checkUrl(url);
    } else if (!hash.startsWith("sha256:")) {
      throw new IllegalArgumentException(
          "file " + file + " has no url, so it needs a sha256 to be found by");
    }
  }

  private static void check(Pattern form, String text, String what) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException("not the " + what + " of a package: '" + text + "'");
    }
  }

  private static void checkUrl(String url) {
    if (!isPublic(url)) {
      throw new IllegalArgumentException(
          "a url must be https and of " + String.join(" or ", REGISTRIES) + ", not '" + url + "'");
    }
  }

  /** Whether a url is one that a lock may carry. */
  public static boolean isPublic(String url) {
    try {
      URI uri = new URI(url);
      return url.length() <= 1000
          && "https".equals(uri.getScheme())
          && uri.getUserInfo() == null
          && uri.getPort() == -1
          && uri.getHost() != null
          && REGISTRIES.contains(uri.getHost());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The hash's hex. */
  public String digest() {
    return hash.substring(hash.indexOf(':') + 1);
  }

  /** The algorithm as Java names it. */
  public String algorithm() {
    return hash.startsWith("sha256:") ? "SHA-256" : "SHA-512";
  }
}
