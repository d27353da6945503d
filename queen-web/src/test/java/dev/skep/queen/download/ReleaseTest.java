package dev.skep.queen.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseTest {
  @TempDir Path folder;

  @Test
  void shouldSignWhatTheJarSaysOfItself() throws IOException {
    ReleaseSigner signer = ReleaseSigner.of(folder.resolve("release.key"));
    Release release = Release.of(jar("0.3.0"), signer);

    assertThat(release.manifest().version()).hasToString("0.3.0");
    assertThat(release.manifest().size()).isEqualTo(Files.size(release.jar()));
    assertThat(release.key().signed(release.manifest().bytes(), release.signature())).isTrue();
  }

  @Test
  void shouldKeepItsKeyForItselfAndForGood() throws IOException {
    Path file = folder.resolve("release.key");
    ReleaseSigner first = ReleaseSigner.of(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(ReleaseSigner.of(file).key()).isEqualTo(first.key());
  }

  @Test
  void shouldNotMakeANewKeyForADamagedOne() throws IOException {
    Path file = Files.writeString(folder.resolve("release.key"), "no key\n");

    assertThatThrownBy(() -> ReleaseSigner.of(file)).hasMessageContaining("damaged");
  }

  private Path jar(String version) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    manifest.getMainAttributes().putValue("Skep-Wire", "1");
    Path jar = folder.resolve("skep.jar");
    try (OutputStream file = Files.newOutputStream(jar)) {
      new JarOutputStream(file, manifest).close();
    }
    return jar;
  }
}
