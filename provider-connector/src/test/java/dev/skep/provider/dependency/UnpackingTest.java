package dev.skep.provider.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.PinnedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackingTest {
  private static final CacheRoom FREE = new CacheRoom(Path.of("unused"), Long.MAX_VALUE);

  @TempDir Path folder;

  private Path top() throws IOException {
    return Files.createDirectories(folder.resolve("in/side"));
  }

  @Test
  void shouldPutAWheelsFilesWhereTheyAreImported() throws IOException {
    byte[] wheel =
        Archives.zip(
            Map.of(
                "a/__init__.py", "x = 1",
                "a-1.0.data/purelib/b.py", "y = 2",
                "a-1.0.data/scripts/run", "#!/bin/sh"));
    wheel(wheel, new Unpacking(top(), FREE));

    assertThat(top().resolve("a/__init__.py")).hasContent("x = 1");
    assertThat(top().resolve("b.py")).hasContent("y = 2");
    assertThat(files()).hasSize(2);
  }

  @Test
  void shouldPutAPackedPackageUnderItsPath() throws IOException {
    byte[] packed = Archives.tarball("package/index.js", '0', "export default 1");
    tarball(packed, new Unpacking(top(), FREE));

    assertThat(top().resolve("node_modules/thing/index.js")).hasContent("export default 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "/etc/evil",
        "a/../../evil",
        "a/./b",
        "a//b",
        "a\\..\\..\\evil",
        "a/..",
        "a\nb",
        "C:/../x/.."
      })
  void shouldRefuseNamesThatLeadElsewhere(String name) throws IOException {
    byte[] wheel = Archives.zip(Map.of(name, "boo"));
    byte[] packed = Archives.tarball("package/" + name, '0', "boo");

    assertRefused(() -> wheel(wheel, new Unpacking(top(), FREE)), "leads elsewhere");
    assertRefused(() -> tarball(packed, new Unpacking(top(), FREE)), "leads elsewhere");
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '6'})
  void shouldRefuseLinksAndDevices(char type) throws IOException {
    byte[] packed = Archives.tarball("package/passwd", type, "");

    assertRefused(() -> tarball(packed, new Unpacking(top(), FREE)), "not a plain file");
    assertThat(files()).isEmpty();
  }

  @Test
  void shouldRefuseAFileBesideThePackage() {
    byte[] packed = Archives.tarball("passwd", '0', "boo");
    assertRefused(() -> tarball(packed, new Unpacking(top(), FREE)), "outside its folder");
  }

  @Test
  void shouldCountBytesAsTheyComeOutAndStop() {
    byte[] bomb = Archives.zip(Map.of("a.py", " ".repeat(1 << 20)));
    assertThat(bomb.length).isLessThan(2_000);
    assertRefused(
        () -> wheel(bomb, new Unpacking(top(), FREE, 10, 1 << 16)), "unpacks to more than");
    byte[] packed = Archives.tarball("package/a.js", '0', " ".repeat(1 << 20));
    assertRefused(
        () -> tarball(packed, new Unpacking(top(), FREE, 10, 1 << 16)), "unpacks to more");
  }

  @Test
  void shouldCountFilesAndStop() {
    byte[] many = Archives.zip(Map.of("a", "", "b", "", "c", ""));
    assertRefused(() -> wheel(many, new Unpacking(top(), FREE, 2, 1 << 16)), "over 2 files");
  }

  @Test
  void shouldRefuseFoldersWithoutEnd() {
    byte[] deep = Archives.zip(Map.of("a/".repeat(50) + "b", ""));
    assertRefused(() -> wheel(deep, new Unpacking(top(), FREE)), "deeper than");
  }

  @Test
  void shouldRefuseWhatIsNoArchive() {
    assertRefused(() -> wheel("hello".getBytes(), new Unpacking(top(), FREE)), "not a zip");
    assertThatThrownBy(() -> tarball("hello".getBytes(), new Unpacking(top(), FREE)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void shouldLetTheFirstOfTwoPackagesKeepAFile() throws IOException {
    Unpacking to = new Unpacking(top(), FREE);
    wheel(Archives.zip(Map.of("tests/__init__.py", "one")), to);
    wheel(Archives.zip(Map.of("tests/__init__.py", "two")), to);
    assertThat(top().resolve("tests/__init__.py")).hasContent("one");
  }

  private void wheel(byte[] bytes, Unpacking to) throws IOException {
    Wheel.unpack(Archives.pin("a-1.0-py3-none-any.whl", bytes, null), file(bytes), to);
  }

  private void tarball(byte[] bytes, Unpacking to) throws IOException {
    PinnedFile pin = Archives.pin("thing-1.0.tgz", bytes, "node_modules/thing");
    Tarball.unpack(pin, file(bytes), to);
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("archive"), bytes);
  }

  private java.util.List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .filter(path -> !path.equals(folder.resolve("archive")))
          .toList();
    }
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable work, String why) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            SkepException.class,
            e -> {
              assertThat(e.code()).isEqualTo("dependency-invalid");
              assertThat(e.fault()).isEqualTo(Fault.CALLER);
              assertThat(e).hasMessageContaining(why);
              assertThat(e.hint()).isNotBlank();
            });
  }
}
