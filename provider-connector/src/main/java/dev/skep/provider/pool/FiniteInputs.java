package dev.skep.provider.pool;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.json.JsonLines;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What a finite pool works through: the lines of a file, or whole numbers.
 *
 * @param file the lines with their lower-case SHA-256; empty for numbers
 * @param first the first number
 */
public record FiniteInputs(int count, Map<String, Path> file, long first) {
  /** The longest file that travels with a pool, in bytes. */
  static final long MOST_BYTES = 128L << 20;

  /**
   * Reads the file once, without keeping any of it; {@code folder} is where the config is.
   *
   * @throws SkepException {@code config-invalid} or {@code inputs-invalid} with the line
   */
  public static Optional<FiniteInputs> of(Optional<PoolConfig.Inputs> inputs, Path folder) {
    return inputs.map(
        given ->
            given.file().isEmpty()
                ? new FiniteInputs((int) (given.before() - given.from()), Map.of(), given.from())
                : lines(folder.resolve(given.file())));
  }

  private static FiniteInputs lines(Path file) {
    MessageDigest digest = sha256();
    long count;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw YamlTree.invalid(
            "inputs: %s has %,d bytes; 128 MiB travel with a pool, 'skep pool run' takes any size"
                .formatted(file, Files.size(file)));
      }
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        count = JsonLines.count(in);
      }
    } catch (IOException e) {
      throw YamlTree.invalid("inputs: cannot read " + file).causedBy(e);
    }
    if (count == 0 || count > InputsReader.MOST) {
      throw YamlTree.invalid(
          "inputs: %s has %,d lines; 1 to %,d".formatted(file, count, InputsReader.MOST));
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    return new FiniteInputs((int) count, Map.of(sha256, file), 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  JsonObject json() {
    JsonObjectBuilder json = Json.createObjectBuilder().add("count", count);
    file.keySet().forEach(sha256 -> json.add("sha256", sha256));
    return (file.isEmpty() ? json.add("first", first) : json).build();
  }
}
