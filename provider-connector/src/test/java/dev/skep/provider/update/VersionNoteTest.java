package dev.skep.provider.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.release.ReleaseManifest;
import dev.skep.protocol.release.Software;
import dev.skep.protocol.release.Version;
import org.junit.jupiter.api.Test;

class VersionNoteTest {
  private static final ReleaseManifest OFFER =
      new ReleaseManifest(Version.parse("0.2.0"), 1, "ab".repeat(32), 5);

  @Test
  void shouldTellOfAnotherVersionWithTheCommandToType() {
    assertThat(VersionNote.compare(OFFER, mine("0.1.0", "ffffffffffff")).orElseThrow())
        .contains("0.2.0", "0.1.0", "next: skep update");
    assertThat(VersionNote.compare(OFFER, mine("0.2.0", "ffffffffffff"))).isPresent();
  }

  @Test
  void shouldBeSilentAboutTheSameAndAboutOlderOnes() {
    assertThat(VersionNote.compare(OFFER, mine("0.2.0", OFFER.build()))).isEmpty();
    assertThat(VersionNote.compare(OFFER, mine("0.3.0", "ffffffffffff"))).isEmpty();
  }

  private static Software mine(String version, String build) {
    return new Software(Version.parse(version), 1, build);
  }
}
