package dev.skep.provider.home;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The folder that separates one user of this program from another on the same machine: {@code
 * SKEP_HOME}, by default {@code ~/.skep}. Made on first use, open to its owner only.
 */
public record SkepHome(Path folder) {
  private static final List<String> SETTINGS =
      List.of("queen", "queen-cert", "python-mirror", "node-mirror");

  public static SkepHome of(Map<String, String> environment) {
    String set = environment.getOrDefault("SKEP_HOME", "");
    Path folder = set.isBlank() ? Path.of(System.getProperty("user.home"), ".skep") : Path.of(set);
    return new SkepHome(folder.toAbsolutePath().normalize());
  }

  /** Makes the folder when it is not there. */
  public Path ensure() {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return folder;
    } catch (IOException e) {
      throw broken("cannot make the folder " + folder, e);
    }
  }

  public Path wallet() {
    return folder.resolve("wallet.json");
  }

  /** What this machine's owner lends at most, when, and to whom. */
  public Path limits() {
    return folder.resolve("limits.yml");
  }

  /** Where models for jobs lie, one folder per model, in hub-cache naming. */
  public Path models() {
    return folder.resolve("models");
  }

  /** What can be fetched again: packages of pools, by their hashes. */
  public Path cache() {
    return folder.resolve("cache");
  }

  /** A setting of {@code config.properties}; unknown names in that file are refused. */
  public Optional<String> setting(String name) {
    return Optional.ofNullable(settings().getProperty(name)).filter(text -> !text.isBlank());
  }

  private Properties settings() {
    Path file = folder.resolve("config.properties");
    Properties settings = new Properties();
    if (!Files.exists(file)) {
      return settings;
    }
    try {
      settings.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
    } catch (IOException | IllegalArgumentException e) {
      throw broken("cannot read " + file, e);
    }
    for (String name : settings.stringPropertyNames()) {
      if (!SETTINGS.contains(name)) {
        throw broken(file + " has the unknown setting '" + name + "'", null);
      }
    }
    return settings;
  }

  private static SkepException broken(String why, @org.jspecify.annotations.Nullable Exception e) {
    SkepException problem =
        SkepException.of("home-unusable", 400)
            .fault(Fault.CALLER)
            .because(why)
            .hint("Known settings: " + String.join(", ", SETTINGS) + "; folder: SKEP_HOME.");
    return e == null ? problem : problem.causedBy(e);
  }
}
