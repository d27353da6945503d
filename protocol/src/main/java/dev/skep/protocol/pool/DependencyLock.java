package dev.skep.protocol.pool;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * All packages a program needs, each pinned by its hash, in the order of their places. Made once by
 * the pool's owner; every provider then installs the same bytes.
 */
public record DependencyLock(Language kind, List<PinnedFile> files) {
  /** The most packages of one pool. */
  public static final int MOST = 1_000;

  public DependencyLock {
    files = files.stream().sorted(Comparator.comparing(DependencyLock::place)).toList();
    if (files.isEmpty() || files.size() > MOST) {
      throw new IllegalArgumentException("1 to " + MOST + " packages");
    }
    Set<String> places = new HashSet<>();
    for (PinnedFile file : files) {
      checkKind(kind, file);
      if (!places.add(place(file))) {
        throw new IllegalArgumentException("two packages for " + place(file));
      }
    }
  }

  private static void checkKind(Language kind, PinnedFile file) {
    if ((kind == Language.NODE) != (file.path() != null)) {
      throw new IllegalArgumentException("a path is needed under node, and only there");
    }
    if (kind == Language.PYTHON && !file.file().endsWith(".whl")) {
      throw new IllegalArgumentException(
          "'" + file.file() + "' is not a wheel; other packages run code when installed");
    }
  }

  private static String place(PinnedFile file) {
    return Objects.requireNonNullElse(file.path(), file.file());
  }

  /** Names what is installed: the same packages at the same places have the same one. */
  public String sha256() {
    StringBuilder text = new StringBuilder(kind.word()).append('\n');
    files.forEach(file -> text.append(place(file)).append(' ').append(file.hash()).append('\n'));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public JsonObject json() {
    JsonArrayBuilder array = Json.createArrayBuilder();
    files.forEach(file -> array.add(json(file)));
    return Json.createObjectBuilder()
        .add("kind", kind.word())
        .add("sha256", sha256())
        .add("files", array)
        .build();
  }

  private static JsonObjectBuilder json(PinnedFile file) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("name", file.name())
            .add("version", file.version())
            .add("file", file.file())
            .add("hash", file.hash());
    if (file.url() != null) {
      json.add("url", file.url());
    }
    return file.path() == null ? json : json.add("path", file.path());
  }

  /** Reads {@link #json()}; what does not fit is an {@link IllegalArgumentException}. */
  public static DependencyLock read(JsonObject json) {
    try {
      List<PinnedFile> files =
          json.getJsonArray("files").getValuesAs(JsonObject.class).stream()
              .map(DependencyLock::file)
              .toList();
      DependencyLock lock = new DependencyLock(Language.parse(json.getString("kind")), files);
      if (!lock.sha256().equals(json.getString("sha256"))) {
        throw new IllegalArgumentException("sha256 is not that of the files");
      }
      return lock;
    } catch (NullPointerException | ClassCastException e) {
      throw new IllegalArgumentException("a lock has kind, sha256 and files", e);
    }
  }

  private static PinnedFile file(JsonObject json) {
    return new PinnedFile(
        json.getString("name"),
        json.getString("version"),
        json.getString("file"),
        json.getString("hash"),
        json.getString("url", null),
        json.getString("path", null));
  }
}
