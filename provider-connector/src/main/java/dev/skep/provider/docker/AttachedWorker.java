package dev.skep.provider.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A worker's stdin and stdout as one connection, through the engine. What the worker says is held
 * back once a few chunks wait to be read, so a program that writes for ever fills no memory.
 */
final class AttachedWorker extends ResultCallback.Adapter<Frame> implements ByteChannel {

  private static final int MOST_CHUNKS = 64;
  private static final long LOOK_MILLIS = 100;

  private final BlockingQueue<byte[]> heard = new ArrayBlockingQueue<>(MOST_CHUNKS);
  private final FedInput stdin = new FedInput();
  private ByteBuffer rest = ByteBuffer.allocate(0);
  private volatile boolean ended;
  private volatile boolean closed;

  private AttachedWorker() {}

  /** Attaches to a container that is created and not started, so that nothing it says is missed. */
  static AttachedWorker of(DockerEngine engine, String containerId) throws IOException {
    AttachedWorker worker = new AttachedWorker();
    engine.attach(
        docker ->
            docker
                .attachContainerCmd(containerId)
                .withStdIn(worker.stdin)
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .exec(worker));
    try {
      worker.awaitStarted();
      return worker;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while attaching to a container");
    }
  }

  @Override
  public void onNext(Frame frame) {
    if (frame.getStreamType() == StreamType.STDOUT) {
      // docker-java gives the same array again for the next frame.
      hear(frame.getPayload().clone());
    }
  }

  private void hear(byte[] bytes) {
    try {
      while (!closed && !heard.offer(bytes, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        // whoever reads is slower than the worker: it has to wait
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onComplete() {
    ended = true;
    super.onComplete();
  }

  @Override
  public void onError(Throwable error) {
    ended = true;
    super.onError(error);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    while (!rest.hasRemaining()) {
      byte[] next = next();
      if (next == null) {
        return -1;
      }
      rest = ByteBuffer.wrap(next);
    }
    int count = Math.min(into.remaining(), rest.remaining());
    into.put(rest.slice().limit(count));
    rest.position(rest.position() + count);
    return count;
  }

  private byte @Nullable [] next() throws IOException {
    try {
      byte[] next = null;
      while (next == null && !closed) {
        boolean last = ended; // seen before the look, so nothing heard earlier is lost
        next = heard.poll(last ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (next == null && last) {
          return null;
        }
      }
      if (closed) {
        throw new ClosedChannelException();
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while listening to a worker");
    }
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    stdin.feed(bytes);
    return bytes.length;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    stdin.close();
    super.close();
  }
}
