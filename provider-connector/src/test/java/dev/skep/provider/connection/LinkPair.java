package dev.skep.provider.connection;

import dev.skep.protocol.SkepException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Both ends of a link in memory; the queen's end can send, cut and refuse. */
final class LinkPair implements LinkDialer {
  /** A frame as the queen's broker got it. */
  record Arrived(ConnectorLink.Queue queue, byte[] frame) {}

  final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
  final AtomicInteger dials = new AtomicInteger();
  private volatile boolean refusing;
  private volatile @Nullable End end;

  private final class End implements ConnectorLink {
    private final LinkListener listener;
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "link-pair");
              thread.setDaemon(true);
              return thread;
            });
    private volatile boolean gone;

    End(LinkListener listener) {
      this.listener = listener;
    }

    @Override
    public void send(Queue queue, byte[] frame) {
      if (gone) {
        throw LinkProblem.lost("cut");
      }
      arrived.add(new Arrived(queue, frame));
    }

    @Override
    public void close() {
      gone = true;
      thread.shutdown();
    }
  }

  @Override
  public ConnectorLink dial(SessionGrant grant, LinkListener listener) {
    dials.incrementAndGet();
    if (refusing) {
      throw LinkProblem.lost("nobody there");
    }
    End fresh = new End(listener);
    end = fresh;
    return fresh;
  }

  void refuse(boolean refuse) {
    refusing = refuse;
  }

  /** Delivers a frame to the connector's inbox. */
  void deliver(byte[] frame) {
    End open = open();
    open.thread.execute(() -> open.listener.received(frame));
  }

  /** The transport breaks. */
  void cut() {
    End open = open();
    open.gone = true;
    SkepException why = LinkProblem.lost("cut by the test");
    open.thread.execute(() -> open.listener.lost(why));
  }

  private End open() {
    End open = end;
    if (open == null) {
      throw new IllegalStateException("nobody dialled");
    }
    return open;
  }
}
