package dev.skep.provider.dependency;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An owner's {@code package.json} with what npm needs beside it, in a folder npm may write to. */
record NpmProject(Path file) {
  private static final Pattern ENTRY = Pattern.compile("\\s*\"([^\"]+)\"\\s*:.*");

  /** Copies the project; packed packages it names by {@code file:} come along. */
  Path copyTo(Path folder) throws IOException {
    Path home = file.toAbsolutePath().getParent();
    for (String beside : List.of("package-lock.json", "npm-shrinkwrap.json", ".npmrc")) {
      if (home != null && Files.isRegularFile(home.resolve(beside))) {
        Files.copy(home.resolve(beside), folder.resolve(beside));
      }
    }
    try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
      JsonObject own = reader.readObject();
      JsonObjectBuilder copy =
          Json.createObjectBuilder().add("name", "skep-pool").add("version", "1.0.0");
      for (String key : List.of("dependencies", "optionalDependencies", "overrides")) {
        if (own.get(key) instanceof JsonObject wanted) {
          copy.add(key, key.equals("overrides") ? wanted : copied(wanted, folder));
        }
      }
      Files.writeString(folder.resolve("package.json"), copy.build().toString());
      return folder;
    }
  }

  private JsonObject copied(JsonObject wanted, Path folder) throws IOException {
    JsonObjectBuilder copy = Json.createObjectBuilder();
    for (Map.Entry<String, JsonValue> entry : wanted.entrySet()) {
      String version = entry.getValue() instanceof JsonString text ? text.getString() : "";
      copy.add(entry.getKey(), version.startsWith("file:") ? packed(version, folder) : version);
    }
    return copy.build();
  }

  private String packed(String version, Path folder) throws IOException {
    Path from = file.toAbsolutePath().resolveSibling(version.substring("file:".length()));
    if (!Files.isRegularFile(from)) {
      throw new IllegalArgumentException(
          "'" + version + "' is not a packed package; pack it with 'npm pack' first");
    }
    Path to = Files.createTempFile(folder, "packed", ".tgz");
    Files.write(to, Files.readAllBytes(from));
    return "file:" + to.getFileName();
  }

  /** The first line whose package occurs in what npm said, as {@code file:line: text}. */
  static String blamed(Path file, String said) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      Matcher entry = ENTRY.matcher(lines.get(i));
      // npm quotes a name in an address with its slash escaped.
      if (entry.matches() && names(said.replace("%2f", "/"), entry.group(1))) {
        return file.getFileName() + ":" + (i + 1) + ": " + lines.get(i).strip();
      }
    }
    return String.valueOf(file.getFileName());
  }

  private static boolean names(String said, String name) {
    return Pattern.compile("(?<![\\w@/-])" + Pattern.quote(name) + "(?![\\w-])")
        .matcher(said.replaceAll("https?://[^/\\s]+/", " "))
        .find();
  }
}
