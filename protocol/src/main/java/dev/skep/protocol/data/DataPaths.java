package dev.skep.protocol.data;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Holds the paths of one set apart: no path twice, none below another file, none that differs from
 * another only in case or in how its letters are composed, because some file systems make one of
 * two such names.
 */
final class DataPaths {
  private final Map<String, String> spelled = new HashMap<>();
  private final Set<String> files = new HashSet<>();
  private final Set<String> folders = new HashSet<>();

  void addAll(List<DataFile> all) {
    all.forEach(file -> add(file.path()));
    for (String file : files) {
      if (folders.contains(file)) {
        throw refused(file, "is a file and a folder");
      }
    }
  }

  private void add(String path) {
    if (!files.add(path)) {
      throw refused(path, "is there twice");
    }
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      String folder = path.substring(0, end);
      folders.add(folder);
      spell(folder);
    }
    spell(path);
  }

  private void spell(String path) {
    String other = spelled.putIfAbsent(folded(path), path);
    if (other != null && !other.equals(path)) {
      throw refused(path, "is '" + DataFile.shown(other) + "' on some machines");
    }
  }

  private static String folded(String path) {
    String upper = Normalizer.normalize(path, Normalizer.Form.NFC).toUpperCase(Locale.ROOT);
    return upper.toLowerCase(Locale.ROOT);
  }

  private static IllegalArgumentException refused(String path, String why) {
    return new IllegalArgumentException("'" + DataFile.shown(path) + "' " + why);
  }
}
