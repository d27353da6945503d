package dev.skep.provider.slot;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.data.DataSet;
import dev.skep.provider.data.OwnData;
import dev.skep.provider.runtime.DataFolder;
import dev.skep.provider.runtime.DataMount;
import dev.skep.provider.runtime.ModelMount;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pool's data sets and models. One that travels with the pool comes by its hash; another
 * model is named by its hub name and looked up in this machine's own models folder, as {@code
 * models/OWNER--NAME}, and held to a hash if the pool pins one.
 *
 * @param sets makes the folder of a set, by what it is called, when a slot first needs it
 */
public record DataReader(Path models, BiFunction<String, DataSet, DataFolder> sets) {
  /** What folders of this machine came to; hashing a model takes seconds. */
  private static final Map<Path, String> HASHED = new ConcurrentHashMap<>();

  List<DataMount> data(JsonObject spec) {
    return objects(spec.getJsonArray("data")).stream()
        .map(
            data -> {
              String name = DataSet.checkName(data.getString("name"));
              return new DataMount(name, sets.apply(name, DataSet.read(data)));
            })
        .toList();
  }

  List<ModelMount> models(JsonObject spec) {
    return objects(spec.getJsonArray("models")).stream().map(this::model).toList();
  }

  private static List<JsonObject> objects(@Nullable JsonArray array) {
    return array == null ? List.of() : array.getValuesAs(JsonObject.class);
  }

  private ModelMount model(JsonObject model) {
    String name = model.getString("name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,95}(/[A-Za-z0-9][A-Za-z0-9._-]{0,95})?")) {
      throw SkepException.of("model-invalid", 422)
          .fault(Fault.CALLER)
          .because("the pool asks for a model whose name is not a hub name");
    }
    if (model.containsKey("files")) {
      return new ModelMount(name, sets.apply(name, DataSet.read(model)));
    }
    Path folder = kept(name);
    String pinned = model.getString("sha256", "");
    return new ModelMount(name, () -> pinned.isEmpty() ? folder : checked(name, folder, pinned));
  }

  private Path kept(String name) {
    Path folder = models.resolve(name.replace("/", "--"));
    if (!Files.isDirectory(folder)) {
      throw SkepException.of("model-missing", 422)
          .fault(Fault.PROVIDER)
          .because("the pool needs the model " + name + ", which this machine does not have")
          .hint("Put its files into " + folder + " and join again.");
    }
    return folder;
  }

  private static Path checked(String name, Path folder, String pinned) {
    String seen =
        HASHED.computeIfAbsent(
            folder, here -> OwnData.read("model " + name, here).manifest().sha256());
    if (!seen.equals(pinned)) {
      throw SkepException.of("model-mismatch", 422)
          .fault(Fault.PROVIDER)
          .because(
              "the model " + name + " in " + folder + " has the hash " + seen + ", not " + pinned)
          .hint("Fetch the revision that the pool's owner pinned, as plain files, and join again.");
    }
    return folder;
  }
}
