package dev.skep.protocol.pool;

import java.util.regex.Pattern;

/**
 * What a program is written in.
 *
 * @param version such as {@code 3.11} or {@code 22}; the image has to have it
 */
public record ProgramRuntime(Language language, String version) {
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,2}(\\.[0-9]{1,2}){0,2}");

  /** The language of our own Python image. */
  public static final ProgramRuntime PYTHON = of(Language.PYTHON);

  public ProgramRuntime {
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException("expected a version such as " + language.version());
    }
  }

  /** The language in the version our own image of it has. */
  public static ProgramRuntime of(Language language) {
    return new ProgramRuntime(language, language.version());
  }

  /** Reads {@code python} or {@code python@3.11}. */
  public static ProgramRuntime parse(String text) {
    int at = text.indexOf('@');
    return at < 0
        ? of(Language.parse(text))
        : new ProgramRuntime(Language.parse(text.substring(0, at)), text.substring(at + 1));
  }

  @Override
  public String toString() {
    return language.word() + "@" + version;
  }
}
