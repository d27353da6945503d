package dev.skep.provider.dependency;

import dev.skep.protocol.pool.DependencyLock;
import dev.skep.protocol.pool.Language;
import dev.skep.protocol.pool.PinnedFile;
import dev.skep.provider.data.Digests;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pins a {@code package.json} with the npm of this machine: only the lock file is made, no script
 * of a package runs. A registry and its credentials are npm's own settings.
 */
final class NpmResolver {
  private static final String HINT = "Mend that line of package.json; see also 'npm view PACKAGE'.";
  private static final String TOP = "node_modules/";

  private final Path scratch;
  private final Map<String, Path> uploads = new HashMap<>();

  NpmResolver(Path scratch) {
    this.scratch = scratch;
  }

  /** Empty when the file asks for nothing; then npm is not run either. */
  Optional<Resolved> resolve(Path file) throws IOException {
    JsonObject wanted = read(file);
    if (!hasAny(wanted, "dependencies") && !hasAny(wanted, "optionalDependencies")) {
      return Optional.empty();
    }
    Path project = new NpmProject(file).copyTo(Files.createDirectory(scratch.resolve("project")));
    JsonObject packages = lock(file, project);
    List<PinnedFile> pinned = new ArrayList<>();
    for (Map.Entry<String, JsonValue> entry : packages.entrySet()) {
      JsonObject found = entry.getValue().asJsonObject();
      if (entry.getKey().startsWith(TOP) && isInstalled(found)) {
        pinned.add(pin(entry.getKey(), found, project));
      }
    }
    return pinned.isEmpty()
        ? Optional.empty()
        : Optional.of(new Resolved(new DependencyLock(Language.NODE, pinned), uploads));
  }

  private static boolean hasAny(JsonObject json, String key) {
    return json.get(key) instanceof JsonObject some && !some.isEmpty();
  }

  private static JsonObject read(Path file) throws IOException {
    try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
      return reader.readObject();
    } catch (jakarta.json.JsonException e) {
      throw new IllegalArgumentException("not a JSON object: " + e.getMessage(), e);
    }
  }

  private JsonObject lock(Path file, Path project) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("install", "--package-lock-only"));
    arguments.addAll(List.of("--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"));
    arguments.addAll(List.of("--lockfile-version=3", "--omit-lockfile-registry-resolved=false"));
    Tool.Ran ran = Tool.npm().run(project, arguments);
    if (!ran.isGood()) {
      throw Unresolved.of("npm", NpmProject.blamed(file, ran.said()), ran.said(), HINT);
    }
    return read(project.resolve("package-lock.json")).getJsonObject("packages");
  }

  /** Not what only developers need, what another package brings along, or another system's. */
  private static boolean isInstalled(JsonObject found) {
    return !found.getBoolean("dev", false)
        && !found.getBoolean("devOptional", false)
        && !found.getBoolean("inBundle", false)
        && fits(found, "os", "linux")
        && fits(found, "cpu", "x64")
        && fits(found, "libc", "glibc");
  }

  private static boolean fits(JsonObject found, String key, String ours) {
    if (found.get(key) == null) {
      return true;
    }
    List<String> words =
        found.getJsonArray(key).getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .toList();
    boolean excludes = words.stream().allMatch(word -> word.startsWith("!"));
    return excludes ? !words.contains("!" + ours) : words.contains(ours);
  }

  private PinnedFile pin(String path, JsonObject found, Path project) throws IOException {
    String name = path.substring(path.lastIndexOf(TOP) + TOP.length());
    String version = found.getString("version", "");
    String resolved = found.getString("resolved", "");
    String integrity = sha512(found.getString("integrity", ""));
    if (found.getBoolean("link", false) || resolved.isEmpty() || integrity.isEmpty()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is not a packed package with a hash; pack it with 'npm pack' and depend on"
              + " file:./NAME.tgz");
    }
    String file = name.replace("@", "").replace('/', '-') + "-" + version + ".tgz";
    if (PinnedFile.isPublic(resolved)) {
      return new PinnedFile(name, version, file, "sha512:" + integrity, resolved, path);
    }
    Path here = fetched(resolved, project);
    if (!Digests.of("SHA-512", here).equals(integrity)) {
      throw new IllegalArgumentException("'" + name + "' is not what the lock says: other bytes");
    }
    String sha256 = Digests.of("SHA-256", here);
    uploads.put(sha256, here);
    return new PinnedFile(name, version, file, "sha256:" + sha256, null, path);
  }

  /** The hex of a subresource integrity's SHA-512; empty when it has none. */
  private static String sha512(String integrity) {
    for (String one : integrity.split("\\s+")) {
      if (one.startsWith("sha512-")) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(one.substring(7)));
      }
    }
    return "";
  }

  private Path fetched(String resolved, Path project) throws IOException {
    if (resolved.startsWith("file:")) {
      return project.resolve(resolved.substring("file:".length())).normalize();
    }
    Path folder = Files.createTempDirectory(scratch, "pack");
    Tool.Ran ran =
        Tool.npm().run(folder, List.of("pack", "--ignore-scripts", "--silent", resolved));
    try (var files = Files.newDirectoryStream(folder, "*.tgz")) {
      for (Path packed : files) {
        return packed;
      }
    }
    throw Unresolved.of("npm", "a package of a private registry", ran.said(), HINT);
  }
}
