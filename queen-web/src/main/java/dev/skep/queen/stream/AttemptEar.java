package dev.skep.queen.stream;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.stream.StreamFrame;
import dev.skep.protocol.stream.StreamFrames;
import dev.skep.protocol.yamux.YamuxException;
import dev.skep.protocol.yamux.YamuxStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Listens to one stream of a connector and tells the job's relay. While the relay has no room it
 * leaves the bytes where they are, which stops their sender.
 */
final class AttemptEar implements Speaker {
  private static final int MOST_AT_ONCE = 64 * 1024;
  private static final byte[] NOTHING = {};

  private final PlaneConnection plane;
  private final JobRelays relays;
  private final YamuxStream stream;
  private final StreamFrames frames = new StreamFrames();
  private final AtomicInteger calls = new AtomicInteger();
  private @Nullable AttemptRef attempt;
  private @Nullable JobRelay relay;
  private boolean over;
  private boolean whole;

  AttemptEar(PlaneConnection plane, JobRelays relays, YamuxStream stream) {
    this.plane = plane;
    this.relays = relays;
    this.stream = stream;
  }

  /** Reads what there is; any thread may ask, one at a time does it. */
  @Override
  public void pull() {
    if (calls.getAndIncrement() != 0) {
      return;
    }
    int done = 1;
    do {
      try {
        read();
      } catch (SkepException e) {
        end(false);
        plane.malformed(e);
      }
      done = calls.addAndGet(-done);
    } while (done != 0);
  }

  private void read() {
    byte[] bytes = NOTHING;
    do {
      bytes = over || !hasRoom() ? NOTHING : take();
      if (bytes != null) {
        frames.feed(bytes, bytes.length, this::hear);
      } else if (!over) {
        end(whole);
      }
    } while (bytes != null && bytes.length > 0);
  }

  private boolean hasRoom() {
    JobRelay known = relay;
    return known == null || known.hasRoom();
  }

  private byte @Nullable [] take() {
    try {
      byte[] bytes = stream.take(MOST_AT_ONCE);
      if (bytes == null) {
        whole = true;
        stream.finish();
      }
      return bytes;
    } catch (YamuxException e) { // reset, or the session is over: nothing more comes
      return null;
    }
  }

  private void hear(StreamFrame frame) {
    JobRelay known = relay;
    AttemptRef of = attempt;
    if (over) {
      return;
    } else if (frame.kind() == StreamFrame.Kind.CONTROL) {
      plane.control(stream);
    } else if (frame.kind() == StreamFrame.Kind.ATTEMPT && of == null) {
      begin(frame.attempt());
    } else if (known == null || of == null) {
      throw StreamFrame.malformed(frame.kind() + " before its attempt");
    } else {
      known.hear(of, this, frame);
    }
  }

  private void begin(AttemptRef of) {
    attempt = of;
    relay = relays.speak(plane.session(), of, this).orElse(null);
    if (relay == null) {
      drop();
    }
  }

  /** Nobody wants to hear this attempt, or any more of it. */
  void drop() {
    end(false);
    stream.reset();
  }

  private void end(boolean saidAll) {
    JobRelay known = relay;
    if (!over) {
      over = true;
      if (known != null) {
        known.silent(this, saidAll);
      }
    }
  }
}
