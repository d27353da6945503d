package dev.skep.queen.stream;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SessionId;
import dev.skep.queen.provider.ConnectorSessions;
import dev.skep.queen.rest.Bearer;
import dev.skep.queen.rest.Problems;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Where a connector session turns an HTTP/1.1 request into its stream plane. */
@WebServlet(urlPatterns = "/api/connector/stream", asyncSupported = true)
public class StreamServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** What a connector asks to be upgraded to. */
  static final String PROTOCOL = "skep-yamux";

  @Inject transient ConnectorSessions sessions;
  @Inject transient StreamPlanes planes;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      SessionId session = session(request);
      response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
      response.setHeader("Upgrade", PROTOCOL);
      response.setHeader("Connection", "Upgrade");
      request.upgrade(PlaneHandler.class).serve(planes, session);
      // Payara keeps the answer back until something is written.
      response.flushBuffer();
    } catch (SkepException e) {
      Problems.write(response, e);
    }
  }

  private SessionId session(HttpServletRequest request) {
    String password = Bearer.token(request.getHeader("Authorization"));
    SessionId session =
        sessions
            .ofPassword(password)
            .orElseThrow(
                () ->
                    SkepException.of("unauthorized", 401)
                        .because("no open connector session has this password")
                        .hint("Open one with POST /api/connector/sessions."));
    if (!PROTOCOL.equalsIgnoreCase(request.getHeader("Upgrade"))) {
      throw SkepException.of("upgrade-required", 426)
          .because("this address speaks " + PROTOCOL + " only")
          .hint("Send the headers Connection: Upgrade and Upgrade: " + PROTOCOL + ".");
    }
    return session;
  }
}
