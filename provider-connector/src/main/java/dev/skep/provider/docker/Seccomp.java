package dev.skep.provider.docker;

import jakarta.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Our allow-list of system calls, as Docker's API wants it: the JSON text itself, not a path.
 *
 * <p>It is passed always: engines before 23 let AF_VSOCK through and those before 25 io_uring, and
 * an engine may have been started with its own default switched off.
 */
final class Seccomp {

  private static final String RESOURCE = "seccomp.json";
  private static final String PROFILE = load();

  private Seccomp() {}

  static String profile() {
    return PROFILE;
  }

  private static String load() {
    try (InputStream in =
            Objects.requireNonNull(Seccomp.class.getResourceAsStream(RESOURCE), RESOURCE);
        var reader = Json.createReader(in)) {
      return reader.readObject().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }
}
