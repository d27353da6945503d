package dev.skep.provider.queen;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PinnedFile;
import dev.skep.provider.data.ContentSource;
import dev.skep.provider.data.Download;
import dev.skep.provider.dependency.FileSource;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * The files that travel with a pool, at the queen: its owner puts them before it opens, whoever
 * fills a slot of it gets them.
 */
public record PoolFiles(Supplier<QueenApi> queen, PoolId pool)
    implements FileSource, ContentSource {

  private String path() {
    return "/api/pools/" + pool + "/files";
  }

  /**
   * Puts files by their lower-case SHA-256, in parts; after a connection that broke it goes on
   * where the queen says that it ended.
   *
   * @param sent hears how many bytes she took each time
   */
  public void putAll(Map<String, Path> files, LongConsumer sent) {
    new PoolUpload(queen, path(), sent).putAll(files);
  }

  @Override
  public Download.Part open(PinnedFile file, long offset) {
    return open(file.digest(), offset);
  }

  @Override
  public Download.Part open(String sha256, long offset) {
    HttpResponse<InputStream> answer = queen.get().open(path() + "/" + sha256, offset);
    return new Download.Part(answer.statusCode() == 206 ? offset : 0, answer.body());
  }
}
