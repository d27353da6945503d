package dev.skep.queen.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The headers by which a file goes on where it broke, in either direction. */
public final class FileRange {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FROM = Pattern.compile("bytes=([0-9]{1,12})-");
  private static final Pattern PART =
      Pattern.compile("bytes ([0-9]{1,12})-[0-9]{1,12}/([0-9]{1,12})");

  private FileRange() {}

  /** What a body is of a file: its bytes from an offset on, of that many in all. */
  public record Part(long from, long size) {}

  /** Reads {@code Content-Range: bytes FROM-TO/SIZE}; without it a body is the whole file. */
  public static Part part(@Nullable Long length, @Nullable String range) {
    if (range == null && length != null) {
      return new Part(0, length);
    }
    Matcher part = PART.matcher(range == null ? "" : range);
    if (!part.matches()) {
      throw Members.invalid("/Content-Range", "must be bytes FROM-TO/SIZE, or the length be known");
    }
    return new Part(Long.parseLong(part.group(1)), Long.parseLong(part.group(2)));
  }

  /** Reads {@code Range: bytes=N-}; zero without it. */
  public static long from(@Nullable String range) {
    Matcher from = FROM.matcher(range == null ? "bytes=0-" : range);
    if (!from.matches()) {
      throw Members.invalid("/Range", "must be bytes=N-");
    }
    return Long.parseLong(from.group(1));
  }

  /** Gives the bytes that the range asks for, which are those that {@code bytes} writes. */
  public static Response answer(@Nullable String range, long size, StreamingOutput bytes) {
    long from = from(range);
    if (from > 0 && from >= size) {
      return Response.status(416).header("Content-Range", "bytes */" + size).build();
    }
    Response.ResponseBuilder answer = Response.status(range == null ? 200 : 206).entity(bytes);
    answer.header("Content-Length", size - from).header("Accept-Ranges", "bytes");
    return range == null
        ? answer.build()
        : answer.header("Content-Range", "bytes " + from + "-" + (size - 1) + "/" + size).build();
  }

  /** The hash that names a file. */
  public static String sha256(String sha256) {
    if (!SHA256.matcher(sha256).matches()) {
      throw Members.invalid("/sha256", "must be 64 hexadecimal digits in lower case");
    }
    return sha256;
  }
}
