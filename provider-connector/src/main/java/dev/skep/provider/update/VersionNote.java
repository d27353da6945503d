package dev.skep.provider.update;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.release.ReleaseManifest;
import dev.skep.protocol.release.Software;
import dev.skep.provider.queen.QueenApi;
import java.util.Optional;

/** What a connector tells its person when the queen offers another version than the one it is. */
public final class VersionNote {
  private VersionNote() {}

  /** Empty when this is the version she offers, or when she does not say. */
  public static Optional<String> of(QueenApi queen) {
    try {
      return compare(ReleaseOffer.fetch(queen).manifest(), RunningProgram.software());
    } catch (SkepException e) {
      // She may offer none; what she refuses she says when the session is opened.
      return Optional.empty();
    }
  }

  static Optional<String> compare(ReleaseManifest offer, Software mine) {
    if (offer.build().equals(mine.build()) || offer.version().isBefore(mine.version())) {
      return Optional.empty();
    }
    return Optional.of(
        "the queen offers version %s (%s), this is %s; next: skep update"
            .formatted(offer.version(), offer.build(), mine.version()));
  }
}
