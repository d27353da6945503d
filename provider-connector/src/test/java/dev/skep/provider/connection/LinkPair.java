package dev.skep.provider.connection;

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
    private boolean gone;
    private boolean closed;

    End(LinkListener listener) {
      this.listener = listener;
    }

    @Override
    public synchronized void send(Queue queue, byte[] frame) {
      if (gone) {
        throw LinkProblem.lost("cut");
      }
      arrived.add(new Arrived(queue, frame));
    }

    /** Does something on the link's thread; nothing when the connector has closed the link. */
    private synchronized void tell(Runnable word) {
      if (!closed) {
        thread.execute(word);
      }
    }

    /** Senders fail from now on, and the listener is told, whoever comes first. */
    synchronized void cut() {
      gone = true;
      tell(() -> listener.lost(LinkProblem.lost("cut by the test")));
    }

    @Override
    public synchronized void close() {
      gone = true;
      closed = true;
      thread.shutdown();
    }
  }

  @Override
  public ConnectorLink dial(SessionGrant grant, LinkListener listener) {
    boolean refused = refusing;
    End fresh = new End(listener);
    end = refused ? end : fresh;
    dials.incrementAndGet(); // last: whoever sees the dial may deliver to its end
    if (refused) {
      throw LinkProblem.lost("nobody there");
    }
    return fresh;
  }

  void refuse(boolean refuse) {
    refusing = refuse;
  }

  /** Delivers a frame to the connector's inbox. */
  void deliver(byte[] frame) {
    End open = open();
    open.tell(() -> open.listener.received(frame));
  }

  /** Who listens to the newest link. */
  LinkListener listener() {
    return open().listener;
  }

  /** The transport breaks. */
  void cut() {
    open().cut();
  }

  private End open() {
    End open = end;
    if (open == null) {
      throw new IllegalStateException("nobody dialled");
    }
    return open;
  }
}
