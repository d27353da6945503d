package dev.skep.provider.docker;

import com.github.dockerjava.api.model.Mount;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.runtime.ModelMount;
import dev.skep.provider.worker.SlotFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Mounts models in the layout of the Hugging Face hub cache: {@code
 * hub/models--OWNER--NAME/refs/main} names a revision, {@code snapshots/REVISION/} holds the files.
 * With {@code HF_HOME} and {@code HF_HUB_OFFLINE} set, {@code from_pretrained("OWNER/NAME")} finds
 * them and asks no network.
 */
final class ModelCache {

  static final String TARGET = "/models";
  static final List<String> ENVIRONMENT =
      List.of(
          "HF_HOME=" + TARGET,
          "HF_HUB_OFFLINE=1",
          "TRANSFORMERS_OFFLINE=1",
          "HF_HUB_DISABLE_TELEMETRY=1");

  private static final String REVISION = "0".repeat(40);
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}");

  private ModelCache() {}

  static List<Mount> mounts(Sandbox sandbox, SlotFolder folder, List<ModelMount> models)
      throws IOException {
    List<Mount> mounts = new ArrayList<>();
    if (models.isEmpty()) {
      return mounts;
    }
    mounts.add(sandbox.mount(folder.models(), TARGET));
    for (ModelMount model : models) {
      String name = cacheName(model.name());
      folder.addModel(name, REVISION);
      mounts.add(
          sandbox.mount(existing(model), TARGET + "/hub/" + name + "/snapshots/" + REVISION));
    }
    return mounts;
  }

  private static Path existing(ModelMount model) throws IOException {
    Path folder = model.folder().path();
    if (!Files.isDirectory(folder)) {
      throw SkepException.of("model-missing", 503)
          .fault(Fault.PROVIDER)
          .because("this machine has no folder " + folder + " for model " + model.name())
          .hint("Fetch the model, or leave the pool.");
    }
    if (!Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE)) {
      // The mount keeps the folder's mode, and jobs do not run as its owner.
      throw SkepException.of("model-unreadable", 503)
          .fault(Fault.PROVIDER)
          .because("only its owner may enter folder " + folder + " of model " + model.name())
          .hint("Let others read it: chmod -R o+rX " + folder);
    }
    return folder.toRealPath();
  }

  /** The cache's folder for a model; names come from a stranger and must not climb out of it. */
  static String cacheName(String model) {
    String[] parts = model.split("/", -1);
    boolean valid = parts.length <= 2 && !model.contains("--");
    for (String part : parts) {
      valid &= PART.matcher(part).matches();
    }
    if (!valid) {
      throw SkepException.of("model-invalid", 400)
          .because("'" + model + "' is not the name of a model")
          .hint("Write it as owner/name.");
    }
    return "models--" + String.join("--", parts);
  }
}
