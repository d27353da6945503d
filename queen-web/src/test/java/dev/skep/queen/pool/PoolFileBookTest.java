package dev.skep.queen.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.data.DataFile;
import dev.skep.protocol.data.DataManifest;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.blob.Pieces;
import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolFileBookTest {
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "a1".repeat(20));
  private static final WalletAddress PROVIDER = WalletAddress.parse("0x" + "b2".repeat(20));
  private static final WalletAddress OTHER = WalletAddress.parse("0x" + "c3".repeat(20));
  private static final byte[] LARGE = random(2 * Pieces.SIZE + 700);
  private static final byte[] SMALL = random(10);

  private final FakePools pools = new FakePools();
  private final FakePoolFiles files = new FakePoolFiles();
  private final PoolFileBook book = new PoolFileBook();
  private final DataManifest manifest =
      new DataManifest(
          List.of(
              new DataFile("a/large.bin", LARGE.length, sha256(LARGE)),
              new DataFile("empty", 0, sha256(new byte[0])),
              new DataFile("small.bin", SMALL.length, sha256(SMALL))));
  private PoolId pool;

  @BeforeEach
  void setUp() {
    PoolBook own = new PoolBook();
    own.pools = pools;
    own.listings = pools;
    own.ids = Uuid7.system();
    own.secrets = new PoolSecrets();
    book.pools = own;
    book.files = files;
    var set = manifest.set().addTo(Json.createObjectBuilder().add("name", "things"));
    String spec = Json.createArrayBuilder().add(set).build().toString();
    pool =
        own.open(OWNER, NewPool.read(PoolRequest.bytes(PoolRequest.withSpec("data", spec)), true))
            .id();
  }

  @Test
  void shouldTakeTheListAndThenWhatItLists() throws IOException {
    assertThat(refusal(() -> bring(LARGE))).isEqualTo("file-not-named");
    assertThat(bring(manifest.bytes()).whole()).isTrue();
    assertThat(files.list(pool)).as("nothing of an empty file travels").hasSize(3);

    assertThat(bring(LARGE).whole()).isTrue();
    assertThat(bring(SMALL).whole()).isTrue();
    assertThat(bring(SMALL).whole()).as("twice is no error").isTrue();
    assertThat(taken(LARGE)).isEqualTo(LARGE);
    assertThat(refusal(() -> bring(random(11)))).isEqualTo("file-not-named");
  }

  @Test
  void shouldGoOnAfterAConnectionThatBrokeAnywhere() throws IOException {
    bring(manifest.bytes());
    Random random = new Random(3);
    long have = 0;
    for (int tries = 0; have < LARGE.length && tries < 200; tries++) {
      int from = (int) have - random.nextInt((int) Math.min(have, 5_000) + 1);
      int to = Math.min(LARGE.length, from + 1 + random.nextInt(2 * Pieces.SIZE));
      have = bring(LARGE, from, Arrays.copyOfRange(LARGE, from, to)).have();
    }

    assertThat(taken(LARGE)).isEqualTo(LARGE);
  }

  @Test
  void shouldSayWhereToGoOn() throws IOException {
    bring(manifest.bytes());
    bring(LARGE, 0, Arrays.copyOf(LARGE, Pieces.SIZE + 3));

    assertThat(refusal(() -> bring(LARGE, Pieces.SIZE + 3, new byte[1]))).isEqualTo("upload-gap");
    assertThat(book.list(pool, OWNER))
        .filteredOn(file -> file.sha256().equals(sha256(LARGE)))
        .extracting(PoolFiles.Standing::have)
        .containsExactly((long) Pieces.SIZE);
  }

  @Test
  void shouldGiveAFileOnlyToThoseWhoMayHaveItAndOnlyWhole() throws IOException {
    files.serving.add(PROVIDER);
    bring(manifest.bytes());
    bring(LARGE, 0, Arrays.copyOf(LARGE, Pieces.SIZE));
    assertThat(refusal(() -> book.takeable(pool, sha256(LARGE), PROVIDER)))
        .isEqualTo("file-not-found");
    bring(LARGE);

    assertThat(book.takeable(pool, sha256(LARGE), PROVIDER).size()).isEqualTo(LARGE.length);
    assertThat(refusal(() -> book.takeable(pool, sha256(LARGE), OTHER))).isEqualTo("not-joined");
    assertThat(refusal(() -> book.takeable(pool, "0".repeat(64), PROVIDER)))
        .isEqualTo("file-not-found");
    assertThat(refusal(() -> book.list(pool, PROVIDER))).isEqualTo("not-pool-owner");
  }

  @Test
  void shouldTakeFilesOfItsOwnerOnlyAndOnlyBeforeItOpens() {
    PoolFileBook.Upload whole = upload(manifest.bytes(), 0, manifest.bytes());
    String name = manifest.sha256();
    assertThat(refusal(() -> book.bring(pool, name, OTHER, whole))).isEqualTo("not-pool-owner");

    pools.force(pool, PoolState.OPEN);
    assertThat(refusal(() -> book.bring(pool, name, OWNER, whole))).isEqualTo("pool-not-opening");
  }

  @Test
  void shouldKeepNothingOfBytesWithAnotherHash() throws IOException {
    bring(manifest.bytes());
    byte[] swapped = LARGE.clone();
    swapped[5]++;

    assertThat(refusal(() -> bring(LARGE, 0, swapped))).isEqualTo("file-mismatch");
    assertThat(files.find(pool, sha256(LARGE)).orElseThrow().have()).isZero();
    assertThat(refusal(() -> bring(LARGE, 0, new byte[0], LARGE.length + 1)))
        .isEqualTo("file-mismatch");
    assertThat(bring(LARGE).whole()).isTrue();
  }

  @Test
  void shouldRefuseAListOfOtherFilesThanTheTermsSay() {
    byte[] garbage = random(50);
    var lie =
        Json.createObjectBuilder()
            .add("name", "x")
            .add("sha256", sha256(garbage))
            .add("files", 1)
            .add("bytes", 1);
    pool = poolWith(lie);
    assertThat(refusal(() -> bring(garbage))).isEqualTo("manifest-invalid");

    pool =
        poolWith(manifest.set().addTo(Json.createObjectBuilder().add("name", "x")).add("files", 9));
    assertThat(refusal(() -> bring(manifest.bytes()))).isEqualTo("manifest-invalid");
    assertThat(refusal(() -> bring(LARGE))).as("nothing got known").isEqualTo("file-not-named");
  }

  @Test
  void shouldRefuseMoreThanAPoolMayHave() {
    DataFile huge = new DataFile("huge", PoolFileBook.MOST_FILE + 1, "ab".repeat(32));
    DataManifest over = new DataManifest(List.of(huge));
    pool = poolWith(over.set().addTo(Json.createObjectBuilder().add("name", "x")));

    assertThat(refusal(() -> bring(over.bytes()))).isEqualTo("files-too-large");
  }

  private PoolId poolWith(jakarta.json.JsonObjectBuilder data) {
    String spec = Json.createArrayBuilder().add(data).build().toString();
    return book.pools
        .open(OWNER, NewPool.read(PoolRequest.bytes(PoolRequest.withSpec("data", spec)), true))
        .id();
  }

  private PoolFiles.Standing bring(byte[] whole) throws IOException {
    return bring(whole, 0, whole);
  }

  private PoolFiles.Standing bring(byte[] whole, int from, byte[] part) throws IOException {
    return bring(whole, from, part, whole.length);
  }

  private PoolFiles.Standing bring(byte[] whole, int from, byte[] part, long size)
      throws IOException {
    InputStream in = new ByteArrayInputStream(part);
    return book.bring(pool, sha256(whole), OWNER, new PoolFileBook.Upload(from, size, in));
  }

  private static PoolFileBook.Upload upload(byte[] whole, int from, byte[] part) {
    return new PoolFileBook.Upload(from, whole.length, new ByteArrayInputStream(part));
  }

  private byte[] taken(byte[] file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files.file(pool, book.takeable(pool, sha256(file), OWNER)).write(0, out);
    return out.toByteArray();
  }

  private static String refusal(ThrowingCallable call) {
    return catchThrowableOfType(SkepException.class, call).code();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
