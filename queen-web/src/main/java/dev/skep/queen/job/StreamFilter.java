package dev.skep.queen.job;

import dev.skep.protocol.SkepException;
import dev.skep.queen.rest.Problems;
import dev.skep.queen.stream.EventStream;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers that are streamed bypass JAX-RS, whose event sink writes with a blocked thread per slow
 * client: a call of a pool that accepts events, and a log that is followed.
 */
@WebFilter(
    urlPatterns = {"/pools/*", "/api/jobs/*"},
    asyncSupported = true)
public class StreamFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Pattern CALL = Pattern.compile("/pools/([^/]+)");
  private static final Pattern LOGS = Pattern.compile("/api/jobs/([^/]+)/logs");

  @Inject transient StreamedCall call;
  @Inject transient LogFollow follow;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Matcher calls = CALL.matcher(request.getServletPath() + path(request));
    Matcher logs = LOGS.matcher(request.getServletPath() + path(request));
    try {
      if (calls.matches() && isPost(request) && wantsEvents(request)) {
        call.serve(calls.group(1), request, response);
      } else if (logs.matches() && "true".equals(request.getParameter("follow"))) {
        follow.serve(logs.group(1), request);
      } else {
        chain.doFilter(request, response);
      }
    } catch (SkepException e) {
      Problems.write(response, e);
    }
  }

  private static String path(HttpServletRequest request) {
    return request.getPathInfo() == null ? "" : request.getPathInfo();
  }

  private static boolean isPost(HttpServletRequest request) {
    return "POST".equals(request.getMethod());
  }

  private static boolean wantsEvents(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept != null && accept.contains(EventStream.MEDIA_TYPE);
  }
}
