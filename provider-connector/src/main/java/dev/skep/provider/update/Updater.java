package dev.skep.provider.update;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.release.ReleaseManifest;
import dev.skep.protocol.release.Version;
import dev.skep.provider.queen.QueenApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/**
 * Brings an installation to the version its queen offers: signature, key, checksum and a first
 * start are checked before anything changes, and then one link changes.
 */
public final class Updater {
  private final Installation installation;
  private final QueenApi queen;
  private final IntConsumer progress;

  /**
   * An updater of this installation from this queen.
   *
   * @param progress is told the percentage of a download
   */
  public Updater(Installation installation, QueenApi queen, IntConsumer progress) {
    this.installation = installation;
    this.queen = queen;
    this.progress = progress;
  }

  /** What the queen offers, signed with the key that is pinned, or pinned now. */
  public ReleaseManifest offer() {
    ReleaseOffer offer = ReleaseOffer.fetch(queen);
    installation.keys().check(queen.url().toString(), offer.key());
    return offer.manifest();
  }

  /** Whether this is another build than the one that starts here now. */
  public boolean isNew(ReleaseManifest offer) {
    return !installation.current().equals(installation.jar(offer.build()));
  }

  /** Downloads, checks and swaps; what runs already is not touched. */
  public void install(ReleaseManifest offer, boolean evenOlder) {
    Version mine = RunningProgram.version();
    if (offer.version().isBefore(mine) && !evenOlder) {
      throw SkepException.of("release-older", 409)
          .fault(Fault.PLATFORM)
          .because("the queen offers " + offer.version() + ", which is older than " + mine)
          .hint("If you want it all the same: skep update --older");
    }
    Path jar = installation.jar(offer.build());
    if (!Files.exists(jar) || !RunningProgram.sha256(jar).equals(offer.sha256())) {
      new Download(queen, progress).fetch(offer, jar);
    }
    SelfCheck.run(jar, offer);
    installation.swap(jar);
  }

  /** Goes back to the version before; returns its jar. */
  public Path rollBack() {
    return installation.rollBack();
  }
}
