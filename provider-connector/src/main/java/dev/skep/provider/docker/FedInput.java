package dev.skep.provider.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What is fed in by one thread is read by another at once; a piped stream polls once a second. */
final class FedInput extends InputStream {

  private static final byte[] END = {};

  private final BlockingQueue<byte[]> fed = new LinkedBlockingQueue<>();
  private byte[] current = END;
  private int at;
  private boolean ended;

  void feed(byte[] bytes) {
    if (bytes.length > 0) {
      fed.add(bytes);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, current.length - at);
    System.arraycopy(current, at, into, offset, count);
    at += count;
    return count;
  }

  private boolean hasMore() throws IOException {
    if (at == current.length && !ended) {
      current = take();
      at = 0;
      ended = current.length == 0;
    }
    return !ended;
  }

  private byte[] take() throws IOException {
    try {
      return fed.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a job");
    }
  }

  @Override
  public void close() {
    fed.add(END);
  }
}
