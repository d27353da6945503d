package dev.skep.protocol.pool;

import java.util.Locale;

/** The languages a program can be written in. */
public enum Language {
  PYTHON("3.11"),
  NODE("22");

  private final String version;

  Language(String version) {
    this.version = version;
  }

  /** The version of our own image of the language. */
  public String version() {
    return version;
  }

  /** The name in files, JSON and image aliases: {@code python} or {@code node}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a {@link #word()}; anything else is an {@link IllegalArgumentException}. */
  public static Language parse(String word) {
    for (Language language : values()) {
      if (language.word().equals(word)) {
        return language;
      }
    }
    throw new IllegalArgumentException("expected python or node");
  }
}
