package dev.skep.queen.dispatch.jms;

import dev.skep.protocol.id.SessionId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The wires of the open sessions. Thread-safe. */
public final class Wires {
  private final Map<SessionId, Wire> open = new ConcurrentHashMap<>();

  /** From now on messages of this session are taken and sent. */
  public void open(SessionId session, byte[] hmacKey, String inbox) {
    open.put(session, new Wire(session, hmacKey, inbox));
  }

  /** Nothing is taken or sent any more. */
  public void close(SessionId session) {
    open.remove(session);
  }

  @Nullable Wire find(SessionId session) {
    return open.get(session);
  }
}
