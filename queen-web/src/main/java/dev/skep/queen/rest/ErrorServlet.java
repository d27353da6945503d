package dev.skep.queen.rest;

import dev.skep.protocol.SkepException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What the container refuses or breaks before JAX-RS is asked. Its own pages would name the
 * server's version and print exceptions; the exception itself stands in the server's log.
 */
@WebServlet("/error")
public class ErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    SkepException told = problem(status instanceof Integer code ? code : 404);
    response.setStatus(told.status());
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    if (String.valueOf(request.getHeader("Accept")).contains("text/html")) {
      response.setContentType("text/html");
      response.getWriter().write(page(told));
    } else {
      response.setContentType(Problems.MEDIA_TYPE);
      response.getWriter().write(told.problem().toJson().toString());
    }
  }

  private static SkepException problem(int status) {
    if (status >= 500) {
      return SkepException.of("internal-error", status)
          .because("The queen failed to answer; the fault is ours.")
          .hint("Try again; if it stays, tell the operator when it happened.");
    }
    return SkepException.of(status == 404 ? "not-found" : "http-" + status, status)
        .because("The request was refused.")
        .hint("The API is described at /openapi, the overview is at /.");
  }

  /** Nothing of the request is repeated, so nothing needs escaping. */
  private static String page(SkepException told) {
    return """
        <!DOCTYPE html>
        <html lang="en"><head><title>Skep: %1$d</title><link rel="stylesheet" href="/skep.css"/></head>
        <body><main><h1>%1$d</h1><p>%2$s</p><p><a href="/">To the overview</a></p></main></body></html>
        """
        .formatted(told.status(), told.getMessage());
  }
}
