package dev.skep.provider.queen;

import dev.skep.protocol.SkepException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Brings files to the queen in parts, at most one of them in memory. */
final class PoolUpload {
  /** Bytes of one part; a slow line must get one through within the time of a call. */
  static final int PART = 8 << 20;

  /** How often in a row a part may break. */
  private static final int TRIES = 5;

  private final Supplier<QueenApi> queen;
  private final String path;
  private final LongConsumer sent;

  PoolUpload(Supplier<QueenApi> queen, String path, LongConsumer sent) {
    this.queen = queen;
    this.path = path;
    this.sent = sent;
  }

  void putAll(Map<String, Path> files) {
    Map<String, Long> here = here();
    files.forEach(
        (sha256, file) -> {
          try {
            put(sha256, file, here.getOrDefault(sha256, 0L));
          } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
          }
        });
  }

  /** How much the queen has of each file. */
  private Map<String, Long> here() {
    Map<String, Long> here = new HashMap<>();
    for (JsonObject file : queen.get().get(path).array().getValuesAs(JsonObject.class)) {
      long have = file.getBoolean("whole") ? Long.MAX_VALUE : file.getInt("have");
      here.put(Answers.text(file, "sha256"), have);
    }
    return here;
  }

  private void put(String sha256, Path file, long from) throws IOException {
    long size = Files.size(file);
    long have = Math.min(from, size);
    boolean whole = from > size;
    int broken = 0;
    while (!whole) {
      try {
        long next = Math.min(size, have + PART);
        queen
            .get()
            .put(path + "/" + sha256, part(file, have, (int) (next - have)), range(have, size));
        sent.accept(next - have);
        have = next;
        whole = have == size;
        broken = 0;
      } catch (SkepException e) {
        if (!e.isRetryable() || ++broken == TRIES) {
          throw e;
        }
        long now = here().getOrDefault(sha256, 0L);
        have = Math.min(now, size);
        whole = now > size;
      }
    }
  }

  private static byte[] part(Path file, long from, int length) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(from);
      return in.readNBytes(length);
    }
  }

  private static Map<String, String> range(long from, long size) {
    return Map.of("Content-Range", "bytes " + from + "-" + Math.max(0, size - 1) + "/" + size);
  }
}
