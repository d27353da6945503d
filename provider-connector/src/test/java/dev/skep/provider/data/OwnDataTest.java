package dev.skep.provider.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.data.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnDataTest {
  @TempDir Path folder;
  @TempDir Path other;

  @BeforeEach
  void setUp() throws IOException {
    Files.createDirectories(folder.resolve("b/empty"));
    Files.writeString(folder.resolve("b/one.txt"), "one");
    Files.writeString(folder.resolve("same.txt"), "one");
    Files.writeString(folder.resolve("b/.hidden"), "");
  }

  private OwnData read(Path path) {
    return OwnData.read("pool.yml:3:9", path);
  }

  @Test
  void shouldHashEveryFileBelowAFolder() {
    OwnData data = read(folder);

    assertThat(data.manifest().files())
        .extracting(DataFile::path)
        .containsExactly("b/.hidden", "b/one.txt", "same.txt");
    assertThat(data.contents())
        .as("one content twice, and nothing for the empty file")
        .containsOnlyKeys("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
  }

  @Test
  void shouldNameTheSameFilesTheSameWhereverTheyLie() throws IOException {
    Files.createDirectories(other.resolve("b"));
    for (String file : new String[] {"b/one.txt", "same.txt", "b/.hidden"}) {
      Files.copy(folder.resolve(file), other.resolve(file));
    }

    assertThat(read(other).manifest().sha256()).isEqualTo(read(folder).manifest().sha256());
  }

  @Test
  void shouldTakeASingleFile() {
    assertThat(read(folder.resolve("b/one.txt")).manifest().files())
        .extracting(DataFile::path)
        .containsExactly("one.txt");
  }

  @Test
  void shouldRefuseLinksBecauseTheyLeadOut() throws IOException {
    Files.createSymbolicLink(folder.resolve("b/link"), folder.resolve("same.txt"));

    assertThatThrownBy(() -> read(folder))
        .isInstanceOf(SkepException.class)
        .hasMessageContaining("pool.yml:3:9")
        .hasMessageContaining("'b/link' is a link");
  }

  @Test
  void shouldRefuseWhatOtherMachinesCannotHave() throws IOException {
    Files.writeString(folder.resolve("SAME.txt"), "two");

    assertThatThrownBy(() -> read(folder)).hasMessageContaining("on some machines");
    assertThatThrownBy(() -> read(folder.resolve("b/empty"))).hasMessageContaining("1 to 10000");
    assertThatThrownBy(() -> read(folder.resolve("none"))).isInstanceOf(SkepException.class);
  }
}
