package dev.skep.provider.queen;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PinnedFile;
import dev.skep.provider.dependency.FileSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The files that travel with a pool, at the queen: its owner puts them before it opens, whoever
 * fills a slot of it gets them.
 */
public record PoolFiles(Supplier<QueenApi> queen, PoolId pool) implements FileSource {

  private String path(String sha256) {
    return "/api/pools/" + pool + "/files/" + sha256;
  }

  /** Puts files by their lower-case SHA-256. */
  public void putAll(Map<String, Path> files) {
    QueenApi signedIn = queen.get();
    files.forEach(
        (sha256, file) -> {
          try {
            signedIn.put(path(sha256), file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public Part open(PinnedFile file, long offset) {
    HttpResponse<InputStream> answer = queen.get().open(path(file.digest()), offset);
    return new Part(answer.statusCode() == 206 ? offset : 0, answer.body());
  }
}
