package dev.skep.protocol.data;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;

/**
 * A data set as a pool's terms name it.
 *
 * @param sha256 of its manifest, 64 lower-case hex digits
 * @param files how many it has
 * @param bytes of all of them together
 */
public record DataSet(String sha256, int files, long bytes) {
  public DataSet {
    DataFile.checkSha256(sha256);
    if (files < 1 || files > DataManifest.MOST_FILES) {
      throw new IllegalArgumentException(
          "a data set has 1 to " + DataManifest.MOST_FILES + " files");
    }
    if (bytes < 0 || bytes > DataManifest.MOST_BYTES) {
      throw new IllegalArgumentException(
          "a data set has at most " + DataManifest.MOST_BYTES + " bytes");
    }
  }

  /** Adds {@code sha256, files, bytes}. */
  public JsonObjectBuilder addTo(JsonObjectBuilder json) {
    return json.add("sha256", sha256).add("files", files).add("bytes", bytes);
  }

  /** Reads what {@link #addTo} wrote; what does not fit is an IllegalArgumentException. */
  public static DataSet read(JsonObject json) {
    if (json.get("sha256") instanceof JsonString sha256
        && json.get("files") instanceof JsonNumber files
        && json.get("bytes") instanceof JsonNumber bytes) {
      try {
        return new DataSet(sha256.getString(), files.intValueExact(), bytes.longValueExact());
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException("files and bytes are whole numbers", e);
      }
    }
    throw new IllegalArgumentException("a data set has sha256, files and bytes");
  }

  /** The SHA-256 that a model's keeper is held to. */
  public static String checkSha256(String sha256) {
    return DataFile.checkSha256(sha256);
  }

  /** Refuses what cannot be the last step of a mount point; returns what can. */
  public static String checkName(String name) {
    if (!name.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
      throw new IllegalArgumentException(
          "expected a name of lower-case letters, digits, dots, hyphens and underscores");
    }
    return name;
  }
}
