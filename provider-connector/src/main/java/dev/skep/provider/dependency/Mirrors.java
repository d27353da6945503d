package dev.skep.provider.dependency;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where this machine fetches what locks say lies at a public registry. A mirror has the same paths
 * below its own address; the pinned hashes decide about its bytes as about any others.
 */
public final class Mirrors {
  /** The public registries. */
  public static final Mirrors NONE = new Mirrors(Map.of());

  /** Settings of {@code config.properties}, by the registry they stand for. */
  private static final Map<String, String> SETTINGS =
      Map.of("files.pythonhosted.org", "python-mirror", "registry.npmjs.org", "node-mirror");

  private final Map<String, String> byHost;

  private Mirrors(Map<String, String> byHost) {
    this.byHost = byHost;
  }

  /**
   * The mirrors that settings name.
   *
   * @throws SkepException {@code mirror-invalid} (CALLER)
   */
  public static Mirrors of(Function<String, Optional<String>> settings) {
    Map<String, String> byHost = new HashMap<>();
    SETTINGS.forEach(
        (host, name) -> settings.apply(name).ifPresent(url -> byHost.put(host, base(name, url))));
    return new Mirrors(Map.copyOf(byHost));
  }

  private static String base(String name, String url) {
    try {
      URI uri = URI.create(url);
      boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getHost() != null;
      if (plain && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
      }
      throw invalid(name, url);
    } catch (IllegalArgumentException e) {
      throw invalid(name, url);
    }
  }

  private static SkepException invalid(String name, String url) {
    return SkepException.of("mirror-invalid", 400)
        .fault(Fault.CALLER)
        .because("setting '" + name + "' is not the address of a mirror: '" + url + "'")
        .hint("Write http:// or https://, a host and perhaps a path, without credentials.");
  }

  /** Where to ask instead; the same address when no mirror is set. */
  URI of(URI registry) {
    String base = byHost.get(registry.getHost());
    return base == null ? registry : URI.create(base + registry.getRawPath());
  }
}
