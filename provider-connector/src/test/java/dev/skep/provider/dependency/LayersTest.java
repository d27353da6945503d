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
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersTest {
  private static final byte[] WHEEL = Archives.wheel("thing", "1.0", "answer = 42");

  @TempDir Path cache;

  private final ConcurrentLinkedQueue<Long> asked = new ConcurrentLinkedQueue<>();

  private FileSource giving(byte[] bytes) {
    return (file, offset) -> {
      asked.add(offset);
      byte[] rest = Arrays.copyOfRange(bytes, (int) offset, bytes.length);
      return new Download.Part(offset, new ByteArrayInputStream(rest));
    };
  }

  private static DependencyLock lock(byte[] wheel) {
    return new DependencyLock(
        Language.PYTHON, List.of(Archives.pin("thing-1.0-py3-none-any.whl", wheel, null)));
  }

  private Path folder(FileSource source) {
    return new Layers(new CacheRoom(cache, Long.MAX_VALUE))
        .of(lock(WHEEL), source)
        .folder()
        .orElseThrow();
  }

  @Test
  void shouldMakeALayerThatOthersMayReadAndNobodyWrite() throws IOException {
    Path layer = folder(giving(WHEEL));

    assertThat(layer.resolve("thing/__init__.py")).hasContent("answer = 42");
    assertThat(layer.getFileName()).hasToString(lock(WHEEL).sha256());
    assertThat(mode(layer)).isEqualTo("rwxr-xr-x");
    assertThat(mode(layer.resolve("thing/__init__.py"))).isEqualTo("r--r--r--");
  }

  @Test
  void shouldFetchAndBuildOnceWhenManySlotsStart() {
    List<CompletableFuture<Path>> starts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      starts.add(CompletableFuture.supplyAsync(() -> folder(giving(WHEEL))));
    }

    assertThat(starts.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(asked).hasSize(1);
  }

  @Test
  void shouldTakeUpABrokenDownloadWhereItEnded() {
    FileSource breaking =
        (file, offset) -> {
          asked.add(offset);
          int from = (int) offset;
          byte[] some = Arrays.copyOfRange(WHEEL, from, Math.min(WHEEL.length, from + 100));
          InputStream body = new ByteArrayInputStream(some);
          boolean whole = from + some.length == WHEEL.length;
          return new Download.Part(
              offset, whole ? body : new SequenceInputStream(body, new Broken()));
        };

    SkepException first = problem(breaking);
    assertThat(first.code()).isEqualTo("dependency-unavailable");
    assertThat(first.fault()).isEqualTo(Fault.PROVIDER);
    assertThat(first.isRetryable()).isTrue();
    folder(giving(WHEEL));
    assertThat(asked).containsExactly(0L, 100L, 200L, 300L);
  }

  @Test
  void shouldRefuseOtherBytesBeforeUsingAny() throws IOException {
    byte[] swapped = Archives.wheel("thing", "1.0", "import os; os.abort()");

    SkepException refused = problem(giving(swapped));
    assertThat(refused.code()).isEqualTo("dependency-mismatch");
    assertThat(refused.fault()).isEqualTo(Fault.CALLER);
    try (Stream<Path> left = Files.walk(cache)) {
      assertThat(left.filter(Files::isRegularFile).mapToLong(path -> path.toFile().length()))
          .as("only locks, without a byte")
          .containsOnly(0L);
    }
    assertThat(folder(giving(WHEEL))).isDirectory();
  }

  @Test
  void shouldNotTrustACachedFileThatChanged() throws IOException {
    folder(giving(WHEEL));
    Path cached = cache.resolve("files").resolve(lock(WHEEL).files().get(0).digest());
    Files.writeString(cached, "changed");
    Scratch.remove(cache.resolve("layers"));

    assertThat(folder(giving(WHEEL)).resolve("thing/__init__.py")).hasContent("answer = 42");
  }

  @Test
  void shouldLeaveNoHalfLayerWhenAPackageIsRefused() throws IOException {
    byte[] hostile = Archives.zip(java.util.Map.of("../evil", "boo"));
    Layers layers = new Layers(new CacheRoom(cache, Long.MAX_VALUE));
    assertThatThrownBy(() -> layers.of(lock(hostile), giving(hostile)).folder())
        .isInstanceOf(SkepException.class)
        .hasMessageContaining("leads elsewhere");

    try (Stream<Path> left = Files.list(cache.resolve("layers"))) {
      assertThat(left).extracting(path -> path.getFileName().toString()).containsExactly("lock");
    }
  }

  private SkepException problem(FileSource source) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(
        SkepException.class, () -> folder(source));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }
  }
}
