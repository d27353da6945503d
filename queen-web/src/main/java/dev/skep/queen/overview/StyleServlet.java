package dev.skep.queen.overview;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** Serves the one style sheet; the REST application is mapped where static files would be. */
@WebServlet("/skep.css")
public class StyleServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try (InputStream style = getServletContext().getResourceAsStream("/WEB-INF/skep.css")) {
      if (style == null) {
        throw new ServletException("skep.css is missing from the archive");
      }
      response.setContentType("text/css;charset=UTF-8");
      response.setHeader("Cache-Control", "public, max-age=300");
      style.transferTo(response.getOutputStream());
    }
  }
}
