package dev.skep.provider.cli.pool;

import dev.skep.protocol.data.DataSet;
import dev.skep.provider.cli.Printer;
import dev.skep.provider.data.DataProgress;
import dev.skep.provider.data.OwnData;
import dev.skep.provider.data.OwnSets;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Tells what becomes of data sets and models while they travel. */
record DataTale(Printer printer) {

  void hashed(OwnSets sets) {
    hashed("data", sets.data());
    hashed("model", sets.models());
  }

  private void hashed(String kind, Map<String, OwnData> sets) {
    sets.forEach(
        (name, own) -> {
          DataSet set = own.manifest().set();
          String sizes = set.files() + " files, " + set.bytes() + " bytes";
          printer.progress(kind + " " + name + ": " + sizes + ", sha256 " + set.sha256());
        });
  }

  /** Hears what is brought to the queen. */
  LongConsumer bringing(long total) {
    Steps steps = new Steps("brought", total);
    return bytes -> steps.told(steps.done + bytes);
  }

  /** Hears what is fetched of a set. */
  DataProgress fetching(String name, DataSet set) {
    Steps steps = new Steps("data " + name, set.bytes());
    return (done, total) -> steps.told(done);
  }

  /** Says which models nobody checks. */
  void unverified(@Nullable JsonArray models) {
    List<JsonObject> named = models == null ? List.of() : models.getValuesAs(JsonObject.class);
    for (JsonObject model : named) {
      if (!model.containsKey("sha256")) {
        String name = model.getString("name");
        printer.event(
            Json.createObjectBuilder().add("event", "model-unverified").add("model", name).build(),
            "note: the pool pins no hash for the model "
                + name
                + "; whatever this machine has under that name is used");
      }
    }
  }

  /** A line at each tenth. */
  private final class Steps {
    private final String what;
    private final long total;
    private long done;
    private long told = -1;

    Steps(String what, long total) {
      this.what = what;
      this.total = Math.max(1, total);
    }

    synchronized void told(long now) {
      done = now;
      long tenth = 10 * done / total;
      if (tenth > told) {
        told = tenth;
        printer.progress(what + ": " + 10 * tenth + " % of " + total + " bytes");
      }
    }
  }
}
