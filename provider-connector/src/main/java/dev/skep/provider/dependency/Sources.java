package dev.skep.provider.dependency;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.PinnedFile;
import dev.skep.provider.data.Download;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Public registries for what has a url, the queen for the rest. A lock comes from a stranger, so
 * only the registries it may name are asked, or the mirrors that this machine's owner set, without
 * following redirects and without credentials.
 */
public record Sources(HttpClient http, FileSource queen, Mirrors mirrors) implements FileSource {
  private static final Duration ANSWER = Duration.ofSeconds(60);

  public static Sources of(FileSource queen, Mirrors mirrors) {
    HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(20))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    return new Sources(http, queen, mirrors);
  }

  @Override
  public Download.Part open(PinnedFile file, long offset) {
    String url = file.url();
    if (url == null) {
      return queen.open(file, offset);
    }
    HttpRequest request =
        HttpRequest.newBuilder(mirrors.of(URI.create(url)))
            .header("Range", "bytes=" + offset + "-")
            .timeout(ANSWER)
            .build();
    try {
      HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
      return part(file, answer, offset);
    } catch (IOException e) {
      throw unavailable(file, String.valueOf(e)).causedBy(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(file, "interrupted").causedBy(e);
    }
  }

  private static Download.Part part(PinnedFile file, HttpResponse<InputStream> answer, long offset)
      throws IOException {
    if (answer.statusCode() == 200 || answer.statusCode() == 206) {
      return new Download.Part(answer.statusCode() == 206 ? offset : 0, answer.body());
    }
    answer.body().close();
    if (answer.statusCode() == 416 && offset > 0) { // what is here already is all there is
      return new Download.Part(offset, InputStream.nullInputStream());
    }
    throw unavailable(file, "it answered " + answer.statusCode());
  }

  /** The file could not be had now; nothing was wrong with the pool. */
  static SkepException unavailable(PinnedFile file, String why) {
    return SkepException.of("dependency-unavailable", 503)
        .fault(Fault.PROVIDER)
        .retryable(true)
        .because("cannot fetch " + file.file() + " from " + place(file) + ": " + why)
        .hint("This machine needs to reach it once; the connector tries again by itself.");
  }

  private static String place(PinnedFile file) {
    return file.url() == null ? "the queen" : URI.create(file.url()).getHost();
  }
}
