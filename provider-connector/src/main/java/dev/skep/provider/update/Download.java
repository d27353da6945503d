package dev.skep.provider.update;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.release.ReleaseManifest;
import dev.skep.provider.queen.QueenApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntConsumer;

/**
 * Fetches a release's jar, going on with what an interrupted fetch left; the file is there in the
 * end only when its checksum is the manifest's.
 */
final class Download {
  private static final String PATH = "/api/connector/download";
  private static final int CHUNK = 1 << 16;
  private static final int PERCENT = 100;

  private final QueenApi queen;
  private final IntConsumer progress;

  /**
   * A download from this queen.
   *
   * @param progress is told the percentage whenever it changes
   */
  Download(QueenApi queen, IntConsumer progress) {
    this.queen = queen;
    this.progress = progress;
  }

  void fetch(ReleaseManifest release, Path target) {
    Path part = target.resolveSibling("skep-" + release.sha256() + ".part");
    try {
      append(release, part);
      if (Files.size(part) != release.size()
          || !RunningProgram.sha256(part).equals(release.sha256())) {
        Files.delete(part);
        throw damaged();
      }
      Files.move(part, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw SkepException.of("download-broken", 503)
          .fault(Fault.PLATFORM)
          .because("the download broke off: " + e.getMessage())
          .hint("Run it again: it goes on where it stopped.")
          .causedBy(e);
    }
  }

  private void append(ReleaseManifest release, Path part) throws IOException {
    long there = Files.exists(part) ? Files.size(part) : 0;
    if (there > release.size()) {
      Files.delete(part);
      there = 0;
    }
    if (there == release.size()) {
      return;
    }
    HttpResponse<InputStream> answer = queen.open(PATH, there);
    if (answer.statusCode() == 200 && there > 0) {
      // She sends it all again, whatever was asked for.
      Files.delete(part);
      there = 0;
    }
    try (InputStream bytes = answer.body();
        OutputStream file =
            Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      copy(bytes, file, there, release.size());
    }
  }

  private void copy(InputStream bytes, OutputStream file, long there, long size)
      throws IOException {
    byte[] chunk = new byte[CHUNK];
    long done = there;
    int told = -1;
    int read = bytes.read(chunk);
    while (read > 0 && done + read <= size) {
      file.write(chunk, 0, read);
      done += read;
      int percent = (int) (done * PERCENT / size);
      if (percent != told) {
        told = percent;
        progress.accept(percent);
      }
      read = bytes.read(chunk);
    }
  }

  private static SkepException damaged() {
    return SkepException.of("release-damaged", 502)
        .fault(Fault.PLATFORM)
        .because("what came is not what the queen's release key signed; it is removed")
        .hint("Try again; if it stays so, tell the queen's operator.");
  }
}
