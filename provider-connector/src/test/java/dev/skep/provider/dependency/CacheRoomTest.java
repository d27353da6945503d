package dev.skep.provider.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.DependencyLock;
import dev.skep.protocol.pool.Language;
import dev.skep.provider.data.Download;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheRoomTest {
  @TempDir Path cache;

  private Path entry(String kind, String name, int bytes, int usedMinute) throws IOException {
    Path folder = Files.createDirectories(cache.resolve(kind));
    Path entry = folder.resolve(name);
    Path content = entry;
    if (kind.equals("layers")) {
      content = Files.createDirectories(entry.resolve("deep")).resolve("content");
    }
    Files.write(content, new byte[bytes]);
    return Files.setLastModifiedTime(entry, FileTime.from(usedMinute, TimeUnit.MINUTES));
  }

  @Test
  void shouldRemoveTheLongestUnusedFirstAndNoMoreThanNeeded() throws IOException {
    Path old = entry("layers", "old", 400, 1);
    Path older = entry("files", "older", 300, 0);
    Path fresh = entry("files", "fresh", 300, 2);
    CacheRoom room = new CacheRoom(cache, 1000);
    room.take(100);
    assertThat(older).doesNotExist();
    assertThat(old).exists();
    entry("layers", "new", 300, 3);
    CacheRoom full = new CacheRoom(cache, 1000);
    full.take(0);
    assertThat(old).as("exactly full").exists();
    full.take(1);
    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void shouldRefuseWithNumbersWhatDoesNotFitBesideWhatIsInUse() throws IOException {
    Path used = entry("layers", "used", 3 << 20, 0);
    Path idle = entry("files", "idle", 1 << 20, 1);
    CacheRoom room = new CacheRoom(cache, 4 << 20);
    room.hold(used);
    assertThatThrownBy(() -> room.take(2 << 20))
        .isInstanceOfSatisfying(
            SkepException.class,
            e -> {
              assertThat(e.code()).isEqualTo("disk-limit");
              assertThat(e.fault()).isEqualTo(Fault.PROVIDER);
              assertThat(e).hasMessageContainingAll("3.0 MiB", "2.0 MiB", "4.0 MiB");
            });
    assertThat(used).exists();
    assertThat(idle).doesNotExist();
    room.release(used);
    room.take(2 << 20);
    assertThat(used).doesNotExist();
  }

  @Test
  void shouldLeaveWhatAnotherProcessUses() throws Exception {
    Path used = entry("layers", "used", 900, 0);
    Path lock = Files.createDirectories(cache.resolve("in-use")).resolve("layers-used");
    Files.createFile(lock);
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                source(),
                lock.toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("held");
      CacheRoom room = new CacheRoom(cache, 1000);
      assertThatThrownBy(() -> room.take(200)).hasMessageContaining("900 bytes");
      other.destroyForcibly().waitFor();
      room.take(200);
      assertThat(used).doesNotExist();
    } finally {
      other.destroyForcibly();
    }
  }

  private String source() throws IOException {
    String program =
        """
        import java.nio.channels.FileChannel;
        import java.nio.file.*;
        class Holder {
          public static void main(String[] args) throws Exception {
            var file = FileChannel.open(Path.of(args[0]), StandardOpenOption.READ, StandardOpenOption.WRITE);
            file.lock(0, Long.MAX_VALUE, true);
            System.out.println("held");
            System.in.read();
          }
        }
        """;
    return Files.writeString(Files.createTempDirectory("skep").resolve("Holder.java"), program)
        .toString();
  }

  @Test
  void shouldCountAFileOnceHoweverManyNamesItHas() throws IOException {
    Path content = entry("data", "content", 700, 0);
    Files.createLink(content.resolveSibling("tree"), content);
    CacheRoom full = new CacheRoom(cache, 700);
    assertThat(full.used()).isEqualTo(700);
    full.take(0);
    assertThatThrownBy(() -> full.take(1)).hasMessageContaining("700 bytes");
    assertThat(content).as("not ours to remove").exists();
  }

  @Test
  void shouldKeepToALimitThatWasLowered() throws IOException {
    Path old = entry("layers", "old", 800, 0);
    entry("files", "new", 800, 1);
    new CacheRoom(cache, 1000).tidy();
    assertThat(old).doesNotExist();
    assertThat(new CacheRoom(cache, 1000).used()).isEqualTo(800);
  }

  @Test
  void shouldRefuseALayerThatIsTooLargeAndTakeItWhereThereIsRoom() {
    byte[] wheel = Archives.wheel("thing", "1.0", "answer = '" + "x".repeat(5000) + "'");
    DependencyLock lock =
        new DependencyLock(
            Language.PYTHON, List.of(Archives.pin("thing-1.0-py3-none-any.whl", wheel, null)));
    FileSource source =
        (file, offset) ->
            new Download.Part(
                offset, new ByteArrayInputStream(wheel, (int) offset, wheel.length - (int) offset));
    assertThatThrownBy(() -> layers(4000).of(lock, source).folder())
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("disk-limit"));
    assertThat(layers(20_000).of(lock, source).folder().orElseThrow().resolve("thing")).exists();
  }

  private Layers layers(long most) {
    return new Layers(new CacheRoom(cache, most));
  }
}
