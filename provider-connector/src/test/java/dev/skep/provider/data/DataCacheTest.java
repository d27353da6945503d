package dev.skep.provider.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.data.DataSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCacheTest {
  private static final int LARGE = 200_000;

  @TempDir Path folder;

  /** What the queen has, by its SHA-256; and what was asked of her. */
  private final Map<String, byte[]> queen = new HashMap<>();

  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private final List<Long> progress = new ArrayList<>();

  private DataSet set(String name, String... files) throws IOException {
    Path own = Files.createDirectories(folder.resolve("own").resolve(name));
    for (String file : files) {
      byte[] content = new byte[LARGE];
      new Random(file.hashCode()).nextBytes(content);
      Path place = own.resolve(file);
      Files.createDirectories(place.getParent());
      Files.write(place, file.endsWith(".empty") ? new byte[0] : content);
    }
    OwnData data = OwnData.read(name, own);
    for (Map.Entry<String, Path> content : data.contents().entrySet()) {
      queen.put(content.getKey(), Files.readAllBytes(content.getValue()));
    }
    queen.put(data.manifest().sha256(), data.manifest().bytes());
    return data.manifest().set();
  }

  private Download.Part give(String sha256, long offset) {
    asked.add(sha256.substring(0, 8) + "@" + offset);
    byte[] bytes = queen.get(sha256);
    byte[] rest = Arrays.copyOfRange(bytes, (int) offset, bytes.length);
    return new Download.Part(offset, new ByteArrayInputStream(rest));
  }

  private DataCache cache(long bound) {
    return new DataCache(folder.resolve("cache"), bound);
  }

  private Path get(DataCache cache, DataSet set) {
    return cache.of(set, this::give, (done, total) -> progress.add(done)).path();
  }

  private SkepException refusal(DataSet set, ContentSource source) {
    return catchThrowableOfType(
        SkepException.class,
        () -> {
          try (DataCache cache = cache(DataCache.BOUND)) {
            cache.of(set, source, (done, total) -> {}).path();
          }
        });
  }

  @Test
  void shouldGiveAFolderThatOthersMayReadAndNobodyWrite() throws IOException {
    DataSet set = set("words", "a/one.txt", "two.txt", "a/none.empty");
    try (DataCache cache = cache(DataCache.BOUND)) {
      Path tree = get(cache, set);

      assertThat(tree.resolve("a/one.txt"))
          .hasSameBinaryContentAs(folder.resolve("own/words/a/one.txt"));
      assertThat(tree.resolve("a/none.empty")).isEmptyFile();
      assertThat(mode(tree.resolve("a"))).isEqualTo("rwxr-xr-x");
      assertThat(mode(tree.resolve("two.txt"))).isEqualTo("r--r--r--");
      assertThat(progress).startsWith(0L).endsWith(2L * LARGE).isSorted();
    }
  }

  @Test
  void shouldFetchOnceWhatSlotsAndPoolsHaveInCommon() throws IOException {
    DataSet first = set("first", "shared.txt", "x.txt");
    DataSet second = set("second", "deep/y.txt");
    Files.copy(
        folder.resolve("own/first/shared.txt"), folder.resolve("own/second/deep/renamed.txt"));
    DataSet both = set("second", "deep/y.txt");
    assertThat(both).isNotEqualTo(second);
    try (DataCache cache = cache(DataCache.BOUND)) {
      List<CompletableFuture<Path>> slots = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        slots.add(CompletableFuture.supplyAsync(() -> get(cache, first)));
      }
      assertThat(slots.stream().map(CompletableFuture::join).distinct()).hasSize(1);
      assertThat(asked).as("the list and two contents").hasSize(3);

      Path tree = get(cache, both);
      assertThat(asked).as("another list and one content").hasSize(5);
      assertThat(inode(tree.resolve("deep/renamed.txt")))
          .isEqualTo(inode(get(cache, first).resolve("shared.txt")));
    }
  }

  private static Object inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  @Test
  void shouldGoOnAfterAConnectionThatBrokeAnywhere() throws IOException {
    DataSet set = set("words", "one.txt", "two.txt");
    Random random = new Random(5);
    ContentSource breaking =
        (sha256, offset) -> {
          Download.Part whole = give(sha256, offset);
          byte[] some = whole.bytes().readNBytes(random.nextInt(LARGE / 3));
          boolean ends = offset + some.length == queen.get(sha256).length;
          InputStream body = new ByteArrayInputStream(some);
          return new Download.Part(offset, ends ? body : new SequenceInputStream(body, broken()));
        };
    SkepException last = refusal(set, breaking);
    for (int tries = 0; last != null && tries < 100; tries++) {
      assertThat(last.code()).isEqualTo("data-unavailable");
      assertThat(last.isRetryable()).isTrue();
      last = refusal(set, breaking);
    }

    assertThat(last).isNull();
    assertThat(asked).as("goes on in the middle").anyMatch(ask -> !ask.endsWith("@0"));
    try (DataCache cache = cache(DataCache.BOUND)) {
      asked.clear();
      assertThat(get(cache, set).resolve("two.txt"))
          .hasSameBinaryContentAs(folder.resolve("own/words/two.txt"));
      assertThat(asked).isEmpty();
    }
  }

  private static InputStream broken() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("cut");
      }
    };
  }

  @Test
  void shouldRefuseOtherBytesAndKeepNothingOfThem() throws IOException {
    DataSet set = set("words", "one.txt");
    ContentSource swapping =
        (sha256, offset) -> {
          byte[] bytes = queen.get(sha256).clone();
          bytes[bytes.length - 1]++;
          return new Download.Part(0, new ByteArrayInputStream(bytes));
        };
    SkepException refused = refusal(set, swapping);
    assertThat(refused.code()).isEqualTo("data-mismatch");
    assertThat(refused.fault()).isEqualTo(Fault.CALLER);

    ContentSource rightListOnly =
        (sha256, offset) ->
            sha256.equals(set.sha256()) ? give(sha256, offset) : swapping.open(sha256, offset);
    assertThat(refusal(set, rightListOnly).code()).isEqualTo("data-mismatch");
    assertThat(folder.resolve("cache/files")).isEmptyDirectory();
    assertThat(folder.resolve("cache/sets")).isEmptyDirectory();
  }

  @Test
  void shouldStopAContentThatIsLongerThanItsListSays() throws IOException {
    DataSet set = set("words", "one.txt");
    ContentSource endless =
        (sha256, offset) ->
            sha256.equals(set.sha256())
                ? give(sha256, offset)
                : new Download.Part(0, new Endless());

    assertThat(refusal(set, endless).code()).isEqualTo("data-mismatch");
    assertThat(refusal(new DataSet(set.sha256(), 1, 1), this::give).code())
        .as("other terms than the list has")
        .isEqualTo("data-mismatch");
  }

  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }
  }

  @Test
  void shouldNotTrustWhatChangedOnItsDisk() throws IOException {
    DataSet set = set("words", "one.txt");
    Path file;
    try (DataCache cache = cache(DataCache.BOUND)) {
      file = get(cache, set).resolve("one.txt");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.write(file, new byte[LARGE]);

    try (DataCache cache = cache(DataCache.BOUND)) {
      assertThat(get(cache, set).resolve("one.txt"))
          .hasSameBinaryContentAs(folder.resolve("own/words/one.txt"));
    }
  }

  @Test
  void shouldMakeRoomFromWhatWasUsedLongestAgo() throws IOException {
    DataSet old = set("old", "a.txt", "b.txt");
    DataSet recent = set("recent", "b.txt", "c.txt");
    DataSet used = set("used", "d.txt");
    long bound = 5L * LARGE;
    try (DataCache earlier = cache(bound)) {
      get(earlier, old);
      get(earlier, recent);
    }
    Files.setLastModifiedTime(
        folder.resolve("cache/uses").resolve(old.sha256()),
        FileTime.from(Instant.now().minusSeconds(1000)));
    try (DataCache cache = cache(bound)) {
      get(cache, used);
      get(cache, set("more", "e.txt", "f.txt"));

      assertThat(folder.resolve("cache/sets").resolve(old.sha256())).doesNotExist();
      assertThat(get(cache, recent).resolve("b.txt")).exists();
      assertThat(folder.resolve("cache/sets").resolve(used.sha256())).exists();
      assertThat(contents()).as("b.txt is still another's, a.txt nobody's").isEqualTo(5);
    }
  }

  @Test
  void shouldSayThatThereIsNoRoomRatherThanTakeWhatIsInUse() throws IOException {
    try (DataCache cache = cache(2L * LARGE)) {
      Path used = get(cache, set("used", "a.txt"));
      SkepException full =
          catchThrowableOfType(
              SkepException.class, () -> get(cache, set("more", "b.txt", "c.txt")));

      assertThat(full.code()).isEqualTo("data-no-room");
      assertThat(full.fault()).isEqualTo(Fault.PROVIDER);
      assertThat(used.resolve("a.txt")).exists();
    }
  }

  private long contents() throws IOException {
    try (var files = Files.list(folder.resolve("cache/files"))) {
      return files.count();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
