package dev.skep.queen.download;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.release.Software;
import dev.skep.protocol.release.Version;
import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Compares the versions of connectors with what this queen speaks and offers. Nothing is kept from
 * a provider: who may not connect, and who gets no jobs, is told so with what to do.
 */
@ApplicationScoped
public class Skew {
  private static final int STATUS_UPGRADE_REQUIRED = 426;

  @Inject Releases releases;
  @Inject QueenSettings settings;
  @Inject Config config;

  /** Throws {@code connector-incompatible} for a connector that speaks another wire. */
  public void admit(String software) {
    Software.parse(software)
        .filter(connector -> connector.wire() != Software.WIRE)
        .ifPresent(
            connector -> {
              throw refused(
                  "connector-incompatible",
                  "This queen speaks wire "
                      + Software.WIRE
                      + ", the connector "
                      + connector.wire());
            });
  }

  /** Throws {@code connector-outdated} for one that is too old to get jobs. */
  public void requireJobs(String software) {
    if (standing(software) == Standing.UPDATE_REQUIRED) {
      throw refused(
          "connector-outdated",
          "Connectors before " + minimum().orElseThrow() + " get no jobs of this queen any more");
    }
  }

  private SkepException refused(String code, String why) {
    return SkepException.of(code, STATUS_UPGRADE_REQUIRED)
        .fault(Fault.CALLER)
        .because(why + ".")
        .hint("skep update, or: curl -fsSL " + settings.publicUrl() + "/connector/install.sh | sh");
  }

  /** How it stands, by its own words. */
  public Standing standing(String software) {
    return Software.parse(software).map(this::judge).orElse(Standing.UNKNOWN);
  }

  private Standing judge(Software connector) {
    if (minimum().filter(least -> connector.version().isBefore(least)).isPresent()) {
      return Standing.UPDATE_REQUIRED;
    }
    return releases
        .find()
        .map(Release::manifest)
        .filter(offer -> !offer.build().equals(connector.build()))
        .filter(offer -> !offer.version().isBefore(connector.version()))
        .map(offer -> Standing.UPDATE_ADVISED)
        .orElse(Standing.CURRENT);
  }

  /** The operator's word: connectors before this version get no jobs. */
  private Optional<Version> minimum() {
    return config
        .getOptionalValue("SKEP_CONNECTOR_MINIMUM", String.class)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(Version::parse);
  }
}
