package dev.skep.queen.identity;

import java.util.Locale;

/** What a session was made for; written in lower case. */
public enum SessionRole {
  CLIENT,
  CONNECTOR;

  static SessionRole parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
