package dev.skep.protocol.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataManifestTest {
  private static final String HASH = "ab".repeat(32);

  private static DataFile file(String path) {
    return new DataFile(path, 7, HASH);
  }

  private static DataManifest of(String... paths) {
    return new DataManifest(Arrays.stream(paths).map(DataManifestTest::file).toList());
  }

  @Test
  void shouldNameTheSameFilesTheSameInWhateverOrderTheyCome() {
    DataManifest manifest = of("b/c.txt", "a b.txt");

    assertThat(manifest.sha256()).isEqualTo(of("a b.txt", "b/c.txt").sha256());
    assertThat(manifest.sha256()).isNotEqualTo(of("a b.txt", "b/d.txt").sha256());
    assertThat(manifest.bytes()).asString().isEqualTo(line("a b.txt") + line("b/c.txt"));
    assertThat(DataManifest.read(manifest.bytes())).isEqualTo(manifest);
    assertThat(manifest.set()).isEqualTo(new DataSet(manifest.sha256(), 2, 14));
  }

  private static String line(String path) {
    return HASH + " 7 " + path + "\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "../up",
        "a/../../up",
        "a//b",
        "a/",
        "./a",
        ".",
        "..",
        "a\\b",
        "a\nb",
        "a\u0000b",
        "a/..",
        "\u007f"
      })
  void shouldRefusePathsThatLeadElsewhere(String path) {
    assertThatThrownBy(() -> file(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefusePathsThatNoFileSystemTakes() {
    assertThatThrownBy(() -> file("ä".repeat(128))).hasMessageContaining("every machine");
    assertThatThrownBy(() -> file("a/".repeat(32) + "a")).hasMessageContaining("too long");
    assertThat(file("a/".repeat(31) + "a").path()).hasSize(63);
  }

  @Test
  void shouldRefuseNamesThatSomeMachinesTakeForOne() {
    assertThatThrownBy(() -> of("a", "a")).hasMessageContaining("twice");
    assertThatThrownBy(() -> of("read.me", "READ.me")).hasMessageContaining("some machines");
    assertThatThrownBy(() -> of("data/a", "Data/b")).hasMessageContaining("some machines");
    assertThatThrownBy(() -> of("straße", "STRASSE")).hasMessageContaining("some machines");
    assertThatThrownBy(() -> of("\u00e9", "e\u0301")).hasMessageContaining("some machines");
    assertThatThrownBy(() -> of("a", "a/b")).hasMessageContaining("file and a folder");
    assertThat(of("a/x", "a/y", "b/x").files()).hasSize(3);
  }

  @Test
  void shouldBoundFilesAndBytes() {
    assertThatThrownBy(() -> new DataManifest(List.of())).hasMessageContaining("1 to 10000");
    List<DataFile> many = new ArrayList<>();
    for (int i = 0; i <= DataManifest.MOST_FILES; i++) {
      many.add(file("f" + i));
    }
    assertThatThrownBy(() -> new DataManifest(many)).hasMessageContaining("1 to 10000");
    DataFile large = new DataFile("large", DataManifest.MOST_BYTES, HASH);
    assertThat(new DataManifest(List.of(large)).size()).isEqualTo(DataManifest.MOST_BYTES);
    assertThatThrownBy(() -> new DataManifest(List.of(large, file("a"))))
        .hasMessageContaining("at most 2147483648 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s 7 b\n%s 7 a\n",
        "%s 07 a\n",
        "%s 7 a",
        "%s 7 a\r\n",
        "%s  7 a\n",
        "%s -1 a\n",
        "%s 7\n",
        "x%s 7 a\n",
        "%s 7 a\n\n",
        "%s 9999999999999 a\n",
        ""
      })
  void shouldReadOneWayOfWritingOnly(String text) {
    byte[] bytes = text.replace("%s", HASH).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> DataManifest.read(bytes)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReadOrRefuseWhateverComes() {
    Random random = new Random(7);
    byte[] good = of("a/b", "c").bytes();
    for (int i = 0; i < 2_000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      try {
        assertThat(DataManifest.read(bad).bytes()).isEqualTo(bad);
      } catch (IllegalArgumentException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void shouldReadTheTermsItWrote() {
    DataSet set = of("a").set();

    assertThat(DataSet.read(set.addTo(Json.createObjectBuilder()).build())).isEqualTo(set);
    assertThatThrownBy(() -> DataSet.read(Json.createObjectBuilder().add("sha256", HASH).build()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DataSet(HASH, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DataSet("A" + HASH.substring(1), 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
