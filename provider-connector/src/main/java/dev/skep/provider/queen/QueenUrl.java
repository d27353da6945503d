package dev.skep.provider.queen;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a queen listens. Either https, or http on the loopback interface: a token sent in clear
 * over a network would be anybody's.
 */
public record QueenUrl(URI base) {
  public static QueenUrl parse(String text) {
    try {
      URI uri = new URI(text.strip().replaceAll("/+$", ""));
      check(text, uri);
      return new QueenUrl(uri);
    } catch (URISyntaxException e) {
      throw refused(text, e.getReason());
    }
  }

  private static void check(String text, URI uri) {
    if (uri.getHost() == null || uri.getScheme() == null) {
      throw refused(text, "it has no scheme or host");
    }
    if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
      throw refused(text, "it carries a user, a query or a fragment");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(uri.getHost()))) {
      throw refused(text, "it is neither https nor on this machine");
    }
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  private static SkepException refused(String text, String why) {
    return SkepException.of("queen-url-refused", 400)
        .fault(Fault.CALLER)
        .because("the queen's URL '" + text + "' is refused: " + why)
        .hint("Use --queen https://host (http only for localhost).");
  }

  /** The address of a path that starts with a slash. */
  public URI at(String path) {
    return URI.create(base + path);
  }

  /** Host and port as a sign-in message names them. */
  public String authority() {
    return base.getRawAuthority();
  }

  public boolean isTls() {
    return "https".equalsIgnoreCase(base.getScheme());
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
