package dev.skep.provider.dependency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a {@code requirements.txt}, read only so far as refusals need it. */
record RequirementLines(Path file, List<String> lines) {
  private static final Pattern NAME = Pattern.compile("\\s*([A-Za-z0-9][A-Za-z0-9._-]*)");

  private static final Pattern PLACE =
      Pattern.compile(
          "\\s*(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)[\\s=].*");

  /** What would build a package on this machine or a provider's, and so run its code. */
  private static final Pattern BUILDS =
      Pattern.compile(
          "\\s*(-e|--editable|--no-binary)\\b.*|.*\\b(git|hg|svn|bzr)\\+.*"
              + "|.*\\.(tar\\.gz|tar\\.bz2|zip)(\\s|#|$).*|\\s*\\.{0,2}/.*(?<!\\.whl)\\s*");

  static RequirementLines read(Path file) throws IOException {
    return new RequirementLines(file, Files.readAllLines(file));
  }

  /** The lines that say where to look, which hold for every package of the file. */
  List<String> places() {
    return lines.stream().filter(line -> PLACE.matcher(line).matches()).toList();
  }

  /** Whether there is nothing to install. */
  boolean isEmpty() {
    return lines.stream().allMatch(line -> line.isBlank() || line.strip().startsWith("#"));
  }

  /** The first line that asks for something that is not a wheel, as {@code file:line: text}. */
  Optional<String> building() {
    for (int i = 0; i < lines.size(); i++) {
      if (BUILDS.matcher(lines.get(i)).matches() && !lines.get(i).strip().startsWith("#")) {
        return Optional.of(place(i));
      }
    }
    return Optional.empty();
  }

  /** The first line whose package occurs in what pip said, as {@code file:line: text}. */
  Optional<String> blamed(String said) {
    String lower = normal(said);
    for (int i = 0; i < lines.size(); i++) {
      Matcher name = NAME.matcher(lines.get(i));
      if (name.lookingAt() && names(lower, normal(name.group(1)))) {
        return Optional.of(place(i));
      }
    }
    return Optional.empty();
  }

  private static boolean names(String said, String name) {
    return Pattern.compile("(?<![a-z0-9-])" + Pattern.quote(name) + "(?![a-z0-9])")
        .matcher(said)
        .find();
  }

  /** Names of packages are equal whatever their case, and whether with -, _ or a dot. */
  private static String normal(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[._-]+", "-");
  }

  private String place(int index) {
    return file.getFileName() + ":" + (index + 1) + ": " + lines.get(index).strip();
  }
}
