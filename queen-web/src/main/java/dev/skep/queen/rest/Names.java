package dev.skep.queen.rest;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody may have meant by a name we do not know. */
final class Names {
  private static final int SHOWN = 60;
  private static final int NEAR = 3;

  private Names() {}

  /** A stranger's name, short and free of control characters. */
  static String shown(String name) {
    String cut = name.length() > SHOWN ? name.substring(0, SHOWN) + "..." : name;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }

  static String hint(String name, Collection<String> known) {
    String nearest =
        known.stream()
            .filter(candidate -> name.length() <= SHOWN && distance(name, candidate) <= NEAR)
            .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
            .map(candidate -> "; did you mean \"" + candidate + "\"?")
            .orElse("; known are " + String.join(", ", known));
    return nearest;
  }

  /** Levenshtein's distance, one row at a time. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
