package dev.skep.provider.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.release.ReleaseManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdaterTest {
  @TempDir Path home;
  private FakeRelease queen;
  private Installation installation;
  private Updater updater;
  private Path first;

  @BeforeEach
  void install() throws IOException {
    queen = new FakeRelease();
    installation = new Installation(home);
    Files.createDirectories(installation.lib());
    first = Files.writeString(installation.jar("0123456789ab"), "the first version");
    Files.createSymbolicLink(installation.lib().resolve("skep.jar"), first.getFileName());
    updater = new Updater(installation, queen.queen(), percent -> {});
  }

  @AfterEach
  void close() {
    queen.close();
  }

  @Test
  void shouldSwapToACheckedVersionAndBack() throws IOException {
    ReleaseManifest offer = queen.offer("0.2.0");

    assertThat(updater.isNew(updater.offer())).isTrue();
    updater.install(offer, false);

    assertThat(Files.readAllBytes(installation.current())).isEqualTo(queen.jar());
    assertThat(updater.isNew(updater.offer())).isFalse();
    assertThat(updater.rollBack()).isEqualTo(first);
    assertThat(installation.current()).isEqualTo(first);
  }

  @Test
  void shouldKeepTheTwoLastVersionsOnly() throws IOException {
    updater.install(queen.offer("0.2.0"), false);
    updater.install(queen.offer("0.3.0"), false);

    assertThat(jars()).hasSize(2);
    assertThat(first).doesNotExist();
  }

  @Test
  void shouldChangeNothingForASignatureThatDoesNotHold() throws IOException {
    queen.offer("0.2.0");
    queen.alterManifest();

    refused(updater::offer, "release-unsigned");
  }

  @Test
  void shouldChangeNothingForAnotherKeyThanTheFirst() throws IOException {
    queen.offer("0.2.0");
    updater.offer();
    queen.changeKey();

    refused(updater::offer, "release-key-changed");
  }

  @Test
  void shouldChangeNothingForAJarThatWasNotSigned() throws IOException {
    ReleaseManifest offer = queen.offer("0.2.0");
    queen.spoil();

    refused(() -> updater.install(offer, false), "release-damaged");
    assertThat(jars()).containsExactly(first);
  }

  @Test
  void shouldChangeNothingForAVersionThatDoesNotStart() throws IOException {
    ReleaseManifest offer = queen.offer("0.2.0", "Exception in thread main");

    refused(() -> updater.install(offer, false), "release-unfit");
    assertThat(installation.current()).isEqualTo(first);
  }

  @Test
  void shouldNotGoBackToAnOlderVersionByItself() throws IOException {
    ReleaseManifest older = queen.offer("0.0.0-a");

    refused(() -> updater.install(older, false), "release-older");
    updater.install(older, true);
    assertThat(installation.current()).isNotEqualTo(first);
  }

  @Test
  void shouldGoOnWithADownloadThatBrokeOff() throws IOException {
    ReleaseManifest offer = queen.offer("0.2.0");
    Files.write(
        installation.lib().resolve("skep-" + offer.sha256() + ".part"),
        Arrays.copyOf(queen.jar(), 1000));

    updater.install(offer, false);
    assertThat(queen.ranges()).containsExactly("bytes=1000-");
  }

  @Test
  void shouldSayThatThereIsNoWayBackYet() {
    refused(() -> updater.rollBack(), "no-previous-version");
  }

  private void refused(ThrowingCallable call, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(SkepException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(installation.current()).isEqualTo(first);
  }

  private List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(installation.lib())) {
      return files
          .filter(file -> file.getFileName().toString().matches("skep-[0-9a-f]{12}\\.jar"))
          .toList();
    }
  }
}
