package dev.skep.queen.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeyTest {
  @TempDir Path folder;

  @Test
  void shouldMakeAKeyOnceForItsUserAlone() throws IOException {
    Path file = folder.resolve("pool-secrets.key");
    byte[] key = SecretKey.read(file);

    assertThat(key).hasSize(32);
    assertThat(SecretKey.read(file)).isEqualTo(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void shouldRefuseAFileThatIsNoKey() throws IOException {
    Path file = Files.writeString(folder.resolve("pool-secrets.key"), "short");
    assertThatThrownBy(() -> SecretKey.read(file)).hasMessageContaining("does not hold 32 bytes");
  }
}
