package dev.skep.queen.hangup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.io.IOException;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.server.Request;

/**
 * Finds out about clients who hang up while their call waits. The HTTP engine reads nothing from a
 * connection until its call is answered, so that its end is found at the next write only, which a
 * waiting call has none of.
 */
@ApplicationScoped
public class HangUps {
  private static final System.Logger LOG = System.getLogger(HangUps.class.getName());

  /**
   * Begins to watch.
   *
   * @param request in asynchronous mode, read to its end and not answered yet
   */
  public Watch watch(ServletRequest request) {
    try {
      HttpRequestPacket call = engine(request).getRequest();
      Connection<?> connection = call.getConnection();
      Closeable stream = call.getProcessingState().getHttpContext().getCloseable();
      return stream == connection
          ? ConnectionWatch.of(connection)
          : new StreamWatch(connection, stream);
    } catch (ReflectiveOperationException | IllegalStateException | IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a client cannot be watched", e);
      return Watch.NONE;
    }
  }

  /** The container's own classes are not published, so its two steps down are made by name. */
  private static Request engine(ServletRequest request) throws ReflectiveOperationException {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return (Request) ask(ask(inner, "getUnwrappedCoyoteRequest"), "getCoyoteRequest");
  }

  private static Object ask(Object whom, String what) throws ReflectiveOperationException {
    Object answer = whom.getClass().getMethod(what).invoke(whom);
    if (answer == null) {
      throw new IllegalStateException(what + ": the request is over");
    }
    return answer;
  }
}
