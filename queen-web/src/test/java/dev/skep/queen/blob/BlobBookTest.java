package dev.skep.queen.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.protocol.wire.Blob;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.queen.dispatch.BlobRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlobBookTest {
  private static final Uuid7 IDS = Uuid7.system();
  private static final WalletAddress WALLET = WalletAddress.parse("0x" + "a1".repeat(20));
  private static final byte[] BYTES = new byte[2 * Pieces.SIZE + 321];

  private final FakeBlobs blobs = new FakeBlobs();
  private final BlobBook book = new BlobBook();
  private final PoolId pool = new PoolId(IDS.next());
  private final AttemptRef attempt = new AttemptRef(new JobId(IDS.next()), 1);
  private final Blobs.Origin output = new Blobs.Origin(pool, WALLET, attempt);
  private final Blobs.Origin input = new Blobs.Origin(pool, WALLET, null);
  private Blob named;

  @BeforeEach
  void setUp() throws NoSuchAlgorithmException {
    book.blobs = blobs;
    new Random(1).nextBytes(BYTES);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(BYTES);
    named = new Blob(HexFormat.of().formatHex(digest), BYTES.length);
  }

  private long bring(int from, byte[] part) throws IOException {
    return book.bring(
        output,
        named.sha256(),
        new BlobBook.Part(from, BYTES.length, new ByteArrayInputStream(part)));
  }

  @Test
  void shouldKeepAnInputDurablyAndGiveItFromAnyByte() throws IOException {
    BlobRef kept = book.keep(input, named, new ByteArrayInputStream(BYTES));
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    book.write(kept, Pieces.SIZE + 7, rest);

    assertThat(kept.sha256()).isEqualTo(named.sha256());
    assertThat(rest.toByteArray())
        .isEqualTo(Arrays.copyOfRange(BYTES, Pieces.SIZE + 7, BYTES.length));
  }

  @Test
  void shouldKeepTwoOfOneHashApart() throws IOException {
    BlobRef mine = book.keep(input, named, new ByteArrayInputStream(BYTES));
    BlobRef yours = book.keep(input, named, new ByteArrayInputStream(BYTES));

    assertThat(mine.id()).isNotEqualTo(yours.id());
    assertThat(book.of(attempt, named)).as("an input is nobody's output").isEmpty();
  }

  @Test
  void shouldGoOnAfterAConnectionThatBrokeAnywhere() throws IOException {
    Random random = new Random(2);
    long have = 0;
    for (int tries = 0; have < BYTES.length && tries < 100; tries++) {
      assertThat(book.of(attempt, named)).as("nothing to accept before it is whole").isEmpty();
      int from = (int) have - random.nextInt((int) Math.min(have, 9_999) + 1);
      int to = Math.min(BYTES.length, from + 1 + random.nextInt(2 * Pieces.SIZE));
      have = bring(from, Arrays.copyOfRange(BYTES, from, to));
    }

    assertThat(book.of(attempt, named)).isPresent();
    assertThat(bring(0, BYTES)).as("again is no error").isEqualTo(BYTES.length);
  }

  @Test
  void shouldAcceptAnOutputForItsAttemptAndItsSizeOnly() throws IOException {
    bring(0, BYTES);

    assertThat(book.of(attempt, named)).isPresent();
    assertThat(book.of(new AttemptRef(attempt.job(), 2), named))
        .as("a known hash grants nothing")
        .isEmpty();
    assertThat(book.of(attempt, new Blob(named.sha256(), 1))).isEmpty();
    assertThat(book.of(attempt, new Blob("ab".repeat(32), BYTES.length))).isEmpty();
  }

  @Test
  void shouldKeepNothingOfBytesWithAnotherHash() throws IOException {
    byte[] swapped = BYTES.clone();
    swapped[9]++;

    assertThat(refusal(() -> bring(0, swapped))).isEqualTo("blob-mismatch");
    assertThat(refusal(() -> book.keep(input, named, new ByteArrayInputStream(swapped))))
        .isEqualTo("blob-mismatch");
    assertThat(blobs.origins).isEmpty();
    assertThat(bring(0, BYTES)).isEqualTo(BYTES.length);
  }

  @Test
  void shouldRefuseGapsAndOtherSizes() throws IOException {
    bring(0, Arrays.copyOf(BYTES, Pieces.SIZE + 5));

    assertThat(refusal(() -> bring(Pieces.SIZE + 5, new byte[9]))).isEqualTo("upload-gap");
    BlobBook.Part longer = new BlobBook.Part(0, BYTES.length + 1, new ByteArrayInputStream(BYTES));
    assertThat(refusal(() -> book.bring(output, named.sha256(), longer)))
        .isEqualTo("blob-mismatch");
  }

  @Test
  void shouldBoundOneAndAll() {
    BlobBook.Part endless =
        new BlobBook.Part(0, WireLimits.MAX_BLOB + 1L, new ByteArrayInputStream(BYTES));
    assertThat(refusal(() -> book.bring(output, named.sha256(), endless)))
        .isEqualTo("blob-too-large");

    blobs.held = BlobBook.MOST_WALLET;
    assertThat(refusal(() -> book.keep(input, named, new ByteArrayInputStream(BYTES))))
        .isEqualTo("blobs-full");
    blobs.held = BlobBook.MOST_POOL;
    assertThat(refusal(() -> bring(0, BYTES))).isEqualTo("blobs-full");
  }

  private static String refusal(ThrowingCallable call) {
    return catchThrowableOfType(SkepException.class, call).code();
  }
}
