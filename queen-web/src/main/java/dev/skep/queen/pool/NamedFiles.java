package dev.skep.queen.pool;

import dev.skep.protocol.data.DataSet;
import dev.skep.protocol.pool.DependencyLock;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that a pool's spec names: packages of its lock, the lists of its data sets, and its
 * inputs, empty when it has none in a file.
 */
record NamedFiles(List<String> packages, List<DataSet> sets, String inputs) {

  static NamedFiles of(JsonObject spec) {
    JsonObject lock = spec.getJsonObject("dependencies");
    List<String> packages =
        lock == null
            ? List.of()
            : DependencyLock.read(lock).files().stream()
                .filter(file -> file.url() == null)
                .map(file -> file.digest())
                .toList();
    List<DataSet> sets = new ArrayList<>(sets(spec.getJsonArray("data")));
    sets.addAll(sets(spec.getJsonArray("models")));
    JsonObject inputs = spec.getJsonObject("inputs");
    return new NamedFiles(packages, sets, inputs == null ? "" : inputs.getString("sha256", ""));
  }

  private static List<DataSet> sets(@org.jspecify.annotations.Nullable JsonArray named) {
    return named == null
        ? List.of()
        : named.getValuesAs(JsonObject.class).stream()
            .filter(each -> each.containsKey("files"))
            .map(DataSet::read)
            .toList();
  }

  boolean names(String sha256) {
    return packages.contains(sha256) || isSet(sha256) || isInputs(sha256);
  }

  boolean isSet(String sha256) {
    return sets.stream().anyMatch(set -> set.sha256().equals(sha256));
  }

  boolean isInputs(String sha256) {
    return inputs.equals(sha256);
  }

  /** Refuses a list that has another number of files or bytes than everybody was told. */
  void check(DataSet listed) {
    if (!sets.contains(listed)) {
      throw new IllegalArgumentException(
          "it has "
              + listed.files()
              + " files and "
              + listed.bytes()
              + " bytes, not what the spec says");
    }
  }
}
