package dev.skep.provider.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotRootTest {

  @TempDir private Path folder;

  @Test
  void shouldLetNobodyElseIn() throws IOException {
    SlotRoot.open(folder.resolve("s"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("s"))))
        .isEqualTo("rwx------");
  }

  @Test
  void shouldRefuseAFolderThatOthersCanEnter() throws IOException {
    Path open = Files.createDirectory(folder.resolve("s"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> SlotRoot.open(open)).hasMessageContaining("0700");
  }

  @Test
  void shouldRefuseALink() throws IOException {
    SlotRoot.open(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("s"), folder.resolve("real"));
    assertThatThrownBy(() -> SlotRoot.open(link)).isInstanceOf(IOException.class);
  }

  @Test
  void shouldRefuseAPathTooLongForASocket() {
    assertThatThrownBy(() -> SlotRoot.open(folder.resolve("x".repeat(100))))
        .hasMessageContaining("too long");
  }

  @Test
  void shouldSweepOnlyTheFoldersOfTheDead() throws IOException {
    SlotRoot root = SlotRoot.open(folder.resolve("s"));
    Owner self = Owner.self();
    SlotFolder living = root.create(self, "job.py", new byte[] {1});
    SlotFolder dead = root.create(new Owner("999999999:1", self.place()), "job.py", new byte[] {1});
    assertThat(root.sweep()).isEqualTo(1);
    assertThat(dead.job()).doesNotExist();
    assertThat(living.job().resolve("job.py")).hasBinaryContent(new byte[] {1});
  }
}
