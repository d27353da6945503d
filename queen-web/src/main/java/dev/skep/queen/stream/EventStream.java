package dev.skep.queen.stream;

import jakarta.json.JsonObject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One client who is sent events (text/event-stream) as fast as it reads: what it does not take yet
 * waits here up to a limit, after which {@link #hasRoom} is false. No thread waits with it.
 */
public final class EventStream implements WriteListener, AsyncListener {
  public static final String MEDIA_TYPE = "text/event-stream";

  private static final int MOST_WAITING = 256 * 1024;
  private static final byte[] PING = ": ping\n\n".getBytes(StandardCharsets.US_ASCII);

  private final AsyncContext context;
  private final ServletOutputStream output;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private volatile Runnable onRoom = () -> {};
  private volatile Runnable onGone = () -> {};
  private long waitingBytes;
  private long events;
  private boolean full;
  private boolean started;
  private boolean flushDue;
  private boolean finishing;
  private boolean over;

  /** Begins the answer; the request must be in asynchronous mode. */
  public EventStream(AsyncContext context) throws IOException {
    this.context = context;
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(MEDIA_TYPE + ";charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no"); // nginx would hold the events back
    context.setTimeout(0);
    context.addListener(this);
    output = response.getOutputStream();
  }

  /** {@code room} is called when a full queue is half empty, {@code gone} when the client went. */
  public void start(Runnable room, Runnable gone) {
    onRoom = room;
    onGone = gone;
    add(PING);
    output.setWriteListener(this);
  }

  public void event(String name, JsonObject data) {
    event(name, data.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** {@code data} is one line. */
  public void event(String name, byte[] data) {
    byte[] head;
    synchronized (this) {
      head = ("id: " + ++events + "\nevent: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8);
    }
    byte[] event = java.util.Arrays.copyOf(head, head.length + data.length + 2);
    System.arraycopy(data, 0, event, head.length, data.length);
    event[event.length - 2] = '\n';
    event[event.length - 1] = '\n';
    add(event);
  }

  /** Tells client and proxies that the answer is alive; finds out whether the client is. */
  public void ping() {
    if (isIdle()) {
      add(PING);
    }
  }

  private synchronized boolean isIdle() {
    return waiting.isEmpty();
  }

  private void add(byte[] event) {
    synchronized (this) {
      if (over || finishing) {
        return;
      }
      waiting.addLast(event);
      waitingBytes += event.length;
      full |= waitingBytes >= MOST_WAITING;
    }
    pump();
  }

  public synchronized boolean hasRoom() {
    return !full;
  }

  public synchronized boolean isOver() {
    return over;
  }

  /** Ends the answer once all events are sent. */
  public void finish() {
    synchronized (this) {
      finishing = true;
    }
    pump();
  }

  @Override
  public void onWritePossible() {
    synchronized (this) {
      started = true;
    }
    pump();
  }

  private void pump() {
    boolean roomAgain = false;
    boolean done = false;
    try {
      synchronized (this) {
        write();
        roomAgain = full && waitingBytes <= MOST_WAITING / 2;
        full &= !roomAgain;
        done = finishing && !over && started && waiting.isEmpty() && !flushDue;
        over |= done;
      }
    } catch (IOException | IllegalStateException e) { // a closed connection says either
      gone();
    }
    if (done) {
      context.complete();
    } else if (roomAgain) {
      onRoom.run();
    }
  }

  private void write() throws IOException {
    while (started && !over && output.isReady()) {
      byte[] event = waiting.pollFirst();
      if (event != null) {
        waitingBytes -= event.length;
        output.write(event);
        flushDue = true;
      } else if (flushDue) {
        flushDue = false;
        output.flush();
      } else {
        return;
      }
    }
  }

  private void gone() {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      full = false;
      waiting.clear();
      waitingBytes = 0;
    }
    onGone.run();
    try {
      context.complete();
    } catch (IllegalStateException e) {
      System.getLogger(EventStream.class.getName())
          .log(System.Logger.Level.DEBUG, "the container has ended the request already", e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    gone();
  }

  @Override
  public void onError(AsyncEvent event) {
    gone();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    gone();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    gone();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
