package dev.skep.provider.dependency;

import dev.skep.protocol.pool.DependencyLock;
import dev.skep.protocol.pool.Language;
import dev.skep.protocol.pool.PinnedFile;
import dev.skep.protocol.pool.ProgramRuntime;
import dev.skep.provider.data.Digests;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pins a {@code requirements.txt} with the pip of this machine, for the Python of the job image on
 * Linux x86_64. Wheels only. An index, its credentials and a proxy are pip's own settings.
 */
final class PipResolver {
  private static final String HINT =
      "Mend that line. A package that has no wheel for this Python on Linux x86_64 is built once"
          + " with 'python3 -m pip wheel -w wheels PACKAGE' and given with"
          + " dependencies: {file: requirements.txt, wheels: ./wheels}.";

  private final Path scratch;
  private final ProgramRuntime runtime;
  private final @Nullable Path wheels;
  private final Map<String, Path> uploads = new HashMap<>();

  /** {@code wheels}, when given, is the only place pip looks into. */
  PipResolver(Path scratch, ProgramRuntime runtime, @Nullable Path wheels) {
    this.scratch = scratch;
    this.runtime = runtime;
    this.wheels = wheels;
  }

  /** Empty when the file asks for nothing; then pip is not run either. */
  Optional<Resolved> resolve(Path file) throws IOException {
    RequirementLines lines = RequirementLines.read(file);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> building = lines.building();
    if (building.isPresent()) {
      throw Unresolved.notWheel(building.get());
    }
    List<PinnedFile> pinned = new ArrayList<>();
    for (JsonObject found : report(lines)) {
      pinned.add(pin(found, lines));
    }
    DependencyLock lock = new DependencyLock(Language.PYTHON, pinned);
    return Optional.of(new Resolved(lock, uploads));
  }

  private List<JsonObject> report(RequirementLines lines) throws IOException {
    Path report = scratch.resolve("report.json");
    List<String> arguments = new ArrayList<>(List.of("install", "--dry-run", "--ignore-installed"));
    arguments.addAll(List.of("--quiet", "--report", report.toString()));
    arguments.addAll(List.of("--target", scratch.resolve("nowhere").toString()));
    arguments.addAll(common());
    arguments.addAll(List.of("-r", lines.file().toAbsolutePath().toString()));
    Tool.Ran ran = Tool.pip().run(scratch, arguments);
    if (!ran.isGood()) {
      String place = lines.blamed(ran.said()).orElse(lines.file().getFileName().toString());
      throw Unresolved.of("pip", place, ran.said(), HINT);
    }
    try (JsonReader reader = Json.createReader(Files.newBufferedReader(report))) {
      return reader.readObject().getJsonArray("install").getValuesAs(JsonObject.class);
    }
  }

  private List<String> common() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--no-input", "--disable-pip-version-check"));
    arguments.addAll(List.of("--only-binary", ":all:", "--implementation", "cp"));
    arguments.addAll(List.of("--python-version", runtime.version()));
    // The job images are Debian 12: glibc 2.36.
    for (int minor = 36; minor >= 5; minor--) {
      arguments.addAll(List.of("--platform", "manylinux_2_" + minor + "_x86_64"));
    }
    arguments.addAll(List.of("--platform", "manylinux2014_x86_64", "--platform", "linux_x86_64"));
    if (wheels != null) {
      arguments.addAll(List.of("--no-index", "--find-links", wheels.toString()));
    }
    return arguments;
  }

  private PinnedFile pin(JsonObject found, RequirementLines lines) throws IOException {
    JsonObject from = found.getJsonObject("download_info");
    JsonObject metadata = found.getJsonObject("metadata");
    String name = metadata.getString("name");
    String version = metadata.getString("version");
    String url = from.getString("url").replaceFirst("#.*", "");
    String file = fileName(url);
    if (!file.endsWith(".whl") || !from.containsKey("archive_info")) {
      throw Unresolved.notWheel(lines.blamed(name).orElse(name));
    }
    String sha256 = sha256(from.getJsonObject("archive_info"));
    if (PinnedFile.isPublic(url) && !sha256.isEmpty()) {
      return new PinnedFile(name, version, file, "sha256:" + sha256, url, null);
    }
    Path here =
        url.startsWith("file:")
            ? Path.of(URI.create(url))
            : fetched(name + "==" + version, file, lines);
    String seen = Digests.of("SHA-256", here);
    if (!sha256.isEmpty() && !seen.equals(sha256)) {
      throw Unresolved.of("pip", name, "the index says " + sha256 + ", the file has " + seen, HINT);
    }
    uploads.put(seen, here);
    return new PinnedFile(name, version, file, "sha256:" + seen, null, null);
  }

  /** From the last step of the path; a wheel's name may have an escaped {@code +} or {@code !}. */
  private static String fileName(String url) {
    String path = URI.create(url).getPath();
    return path == null ? url : path.substring(path.lastIndexOf('/') + 1);
  }

  private static String sha256(JsonObject archive) {
    JsonObject hashes = archive.getJsonObject("hashes");
    return hashes == null ? "" : hashes.getString("sha256", "");
  }

  /** Downloads a wheel of an index that not everybody can reach, with pip's own credentials. */
  private Path fetched(String wanted, String file, RequirementLines lines) throws IOException {
    Path folder = scratch.resolve("wheels");
    List<String> arguments = new ArrayList<>(List.of("download", "--quiet", "--no-deps"));
    arguments.addAll(List.of("--dest", folder.toString()));
    arguments.addAll(common());
    List<String> only = new ArrayList<>(lines.places());
    only.add(wanted);
    Path list = Files.write(scratch.resolve("fetch.txt"), only);
    arguments.addAll(List.of("-r", list.toString()));
    Tool.Ran ran = Tool.pip().run(scratch, arguments);
    Path here = folder.resolve(file);
    if (!ran.isGood() || !Files.isRegularFile(here)) {
      throw Unresolved.of("pip", wanted, ran.said(), HINT);
    }
    return here;
  }
}
