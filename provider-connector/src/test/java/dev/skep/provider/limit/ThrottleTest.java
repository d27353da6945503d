package dev.skep.provider.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {

  private static final int KIB = 1 << 10;

  private final AtomicLong nanos = new AtomicLong();

  private Throttle throttle(long bytesPerSecond) {
    return new Throttle(bytesPerSecond, nanos::get, nanos::addAndGet);
  }

  private double seconds() {
    return nanos.get() / 1e9;
  }

  private static byte[] read(Throttle throttle, int bytes) throws IOException {
    return throttle.slow(new ByteArrayInputStream(new byte[bytes])).readAllBytes();
  }

  @Test
  void shouldGiveASecondsBytesAtOnceAndTheRestInTime() throws IOException {
    Throttle throttle = throttle(100 * KIB);
    assertThat(read(throttle, 100 * KIB)).hasSize(100 * KIB);
    assertThat(seconds()).isZero();
    assertThat(read(throttle, 300 * KIB)).hasSize(300 * KIB);
    assertThat(seconds()).isBetween(2.99, 3.01);
  }

  @Test
  void shouldShareOneBucketAmongAllDownloads() throws IOException {
    Throttle throttle = throttle(100 * KIB);
    for (int i = 0; i < 4; i++) {
      read(throttle, 100 * KIB);
    }
    assertThat(seconds()).isBetween(2.99, 3.01);
  }

  @Test
  void shouldSaveUpNoMoreThanASecond() throws IOException {
    Throttle throttle = throttle(100 * KIB);
    nanos.addAndGet(3600_000_000_000L);
    read(throttle, 200 * KIB);
    assertThat(seconds() - 3600).isBetween(0.99, 1.01);
  }

  @Test
  void shouldCountSingleBytesToo() throws IOException {
    var in = throttle(KIB).slow(new ByteArrayInputStream(new byte[3 * KIB]));
    int read = 0;
    while (in.read() >= 0) {
      read++;
    }
    assertThat(read).isEqualTo(3 * KIB);
    assertThat(seconds()).isBetween(1.99, 2.01);
  }

  @Test
  void shouldLeaveAloneWhatNobodyBounds() {
    var in = new ByteArrayInputStream(new byte[1]);
    assertThat(throttle(Long.MAX_VALUE).slow(in)).isSameAs(in);
  }
}
