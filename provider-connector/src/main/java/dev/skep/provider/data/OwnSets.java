package dev.skep.provider.data;

import dev.skep.protocol.data.DataSet;
import dev.skep.provider.pool.PoolConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What an owner's pool brings along: its data sets and models, hashed, by their names. */
public record OwnSets(Map<String, OwnData> data, Map<String, OwnData> models) {

  /** Reads what the config names; {@code folder} is where it is, which its paths start from. */
  public static OwnSets read(PoolConfig.Job job, Path folder) {
    Map<String, OwnData> data = new LinkedHashMap<>();
    job.data()
        .forEach(
            each -> data.put(each.name(), OwnData.read(each.place(), folder.resolve(each.path()))));
    Map<String, OwnData> models = new LinkedHashMap<>();
    job.models().stream()
        .filter(model -> !model.path().isEmpty())
        .forEach(
            model ->
                models.put(
                    model.name(), OwnData.read(model.place(), folder.resolve(model.path()))));
    return new OwnSets(data, models);
  }

  /** The terms of some sets, by their names. */
  public static Map<String, DataSet> terms(Map<String, OwnData> sets) {
    Map<String, DataSet> terms = new LinkedHashMap<>();
    sets.forEach((name, own) -> terms.put(name, own.manifest().set()));
    return terms;
  }

  /** Writes the list of each set into a folder; by their SHA-256. */
  public Map<String, Path> lists(Path folder) {
    Map<String, Path> lists = new HashMap<>();
    all()
        .forEach(
            set -> {
              String sha256 = set.manifest().sha256();
              lists.put(sha256, write(folder.resolve(sha256), set.manifest().bytes()));
            });
    return lists;
  }

  private static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where all contents lie, by their SHA-256. */
  public Map<String, Path> contents() {
    Map<String, Path> contents = new HashMap<>();
    all().forEach(set -> contents.putAll(set.contents()));
    return contents;
  }

  private Stream<OwnData> all() {
    return Stream.concat(data.values().stream(), models.values().stream());
  }
}
