package dev.skep.provider.pool;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the known word that a mistyped one was probably meant to be (edit distance). */
public final class NearestKey {
  private NearestKey() {}

  /** The nearest of {@code known}, which must not be empty; ties go to the first. */
  public static String to(String word, List<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .min(Comparator.comparingInt(k -> distance(lower, k.toLowerCase(Locale.ROOT))))
        .orElseThrow();
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      next(row, i, a, b);
    }
    return row[b.length()];
  }

  private static void next(int[] row, int i, String a, String b) {
    int diagonal = row[0];
    row[0] = i;
    for (int j = 1; j <= b.length(); j++) {
      int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
      diagonal = row[j];
      row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
    }
  }
}
