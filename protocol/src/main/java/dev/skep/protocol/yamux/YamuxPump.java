package dev.skep.protocol.yamux;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Moves a session's bytes over a blocking connection with two threads. Ends by itself when the
 * connection or the session does; {@link #await} tells.
 */
public final class YamuxPump implements Closeable {

  private static final int BUFFER = 128 * 1024;

  private final YamuxSession session;
  private final InputStream input;
  private final OutputStream output;
  private final Closeable connection;
  private final CountDownLatch ended = new CountDownLatch(2);

  /** Closing {@code connection} must end a blocked read. */
  public YamuxPump(
      YamuxSession session, InputStream input, OutputStream output, Closeable connection) {
    this.session = session;
    this.input = input;
    this.output = output;
    this.connection = connection;
  }

  public void start(ThreadFactory threads) {
    threads.newThread(this::read).start();
    threads.newThread(this::write).start();
  }

  private void read() {
    byte[] buffer = new byte[BUFFER];
    try {
      int count = input.read(buffer);
      while (count >= 0) {
        session.receive(ByteBuffer.wrap(buffer, 0, count));
        count = input.read(buffer);
      }
      session.close("the peer closed the connection");
    } catch (IOException
        | RuntimeException e) { // a listener's mistake ends its session, told below
      session.close("the connection broke: " + e);
    } finally {
      ended.countDown();
    }
  }

  private void write() {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try {
      while (session.over() == null || session.hasOutput()) {
        if (session.awaitOutput(TimeUnit.SECONDS.toNanos(5))) {
          session.drain(buffer.clear());
          output.write(buffer.array(), 0, buffer.position());
          output.flush();
        }
      }
    } catch (IOException e) {
      session.close("the connection broke: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      session.close("its thread was interrupted");
    } finally {
      close();
      ended.countDown();
    }
  }

  /** Waits until both threads have ended. */
  public void await() throws InterruptedException {
    ended.await();
  }

  @Override
  public void close() {
    session.close("closed");
    try {
      connection.close();
    } catch (IOException e) {
      System.getLogger(YamuxPump.class.getName())
          .log(System.Logger.Level.DEBUG, "a stream connection was not closed well", e);
    }
  }
}
