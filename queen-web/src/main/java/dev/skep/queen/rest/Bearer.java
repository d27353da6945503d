package dev.skep.queen.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an Authorization header. */
@ApplicationScoped
public class Bearer {
  private static final String SCHEME = "Bearer ";

  @Inject Tokens tokens;

  /** Who sent the header; empty without one, and refused when it names nobody. */
  public Optional<Caller> identify(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    return Optional.of(tokens.resolve(token(header)).orElseThrow(Unauthorized::unknown));
  }

  /** What stands after the scheme. */
  public static String token(@Nullable String header) {
    if (header == null) {
      throw Unauthorized.missing();
    } else if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw Unauthorized.malformed();
    }
    return header.substring(SCHEME.length()).strip();
  }
}
