package dev.skep.queen.download;

import dev.skep.protocol.SkepException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Finds the connector's jar: {@code SKEP_CONNECTOR_JAR}, else the one in this application's
 * archive. Read and signed once; another jar needs another start.
 */
@ApplicationScoped
public class Releases {
  private static final System.Logger LOG = System.getLogger(Releases.class.getName());
  private static final String IN_ARCHIVE = "connector/skep.jar";

  @Inject Config config;
  @Inject ServletContext context;

  private @Nullable Release release;

  /** Throws {@code release-missing} when this queen was built or deployed without one. */
  Release require() {
    return find()
        .orElseThrow(
            () ->
                SkepException.of("release-missing", 503)
                    .retryable(false)
                    .because("This queen offers no connector to download.")
                    .hint("Her operator deploys skep.ear as built, or sets SKEP_CONNECTOR_JAR."));
  }

  /** Empty when there is no jar, or none that can be read. */
  synchronized Optional<Release> find() {
    if (release == null) {
      jar().ifPresent(this::read);
    }
    return Optional.ofNullable(release);
  }

  /** What everybody may know of it before downloading it. */
  public Optional<JsonObject> offered() {
    return find()
        .map(
            offered ->
                Json.createObjectBuilder()
                    .add("version", offered.manifest().version().toString())
                    .add("wire", offered.manifest().wire())
                    .add("sha256", offered.manifest().sha256())
                    .add("releaseKey", offered.key().fingerprint())
                    .build());
  }

  private void read(Path jar) {
    try {
      release = Release.of(jar, signer());
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(Level.ERROR, "the connector " + jar + " cannot be offered", e);
    }
  }

  private ReleaseSigner signer() {
    Path data = Path.of(config.getValue("SKEP_DATA", String.class));
    return ReleaseSigner.of(data.resolve("release.key"));
  }

  private Optional<Path> jar() {
    Optional<Path> set = config.getOptionalValue("SKEP_CONNECTOR_JAR", String.class).map(Path::of);
    return set.or(this::inArchive).filter(Files::isRegularFile);
  }

  /** The server unpacks the archive; the jar lies beside this web application. */
  private Optional<Path> inArchive() {
    String here = context.getRealPath("/");
    return Optional.ofNullable(here).map(path -> Path.of(path).resolveSibling(IN_ARCHIVE));
  }
}
