package dev.skep.queen.identity;

import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;

/**
 * The sites a wallet may sign in to here: the public URL and, only when that is on loopback itself,
 * the other listeners of this machine. A message for any other site is refused, whatever the Host
 * header says.
 */
@ApplicationScoped
public class Origins {
  @Inject QueenSettings settings;

  /** The site a request came to when it is ours, else the public one. */
  URI of(URI request) {
    String origin = request.getScheme() + "://" + request.getRawAuthority();
    return find(origin).orElse(settings.publicUrl());
  }

  boolean isOurs(String domain, String uri) {
    return find(uri).filter(origin -> origin.getRawAuthority().equals(domain)).isPresent();
  }

  private Optional<URI> find(String text) {
    if (text.equals(settings.publicUrl().toString())) {
      return Optional.of(settings.publicUrl());
    }
    return settings.isLocal() ? parse(text).filter(Origins::isLoopbackSite) : Optional.empty();
  }

  private static boolean isLoopbackSite(URI site) {
    boolean web = "http".equals(site.getScheme()) || "https".equals(site.getScheme());
    boolean bare = site.getRawPath().isEmpty() && site.getRawQuery() == null;
    return web
        && bare
        && site.getRawUserInfo() == null
        && site.getRawFragment() == null
        && site.getHost() != null
        && QueenSettings.isLoopback(site.getHost());
  }

  private static Optional<URI> parse(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
