package dev.skep.queen.download;

import dev.skep.queen.settings.QueenSettings;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The page about the connector and the script that installs it. */
@WebServlet({"/connector", "/connector/install.sh"})
public class ConnectorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject transient Releases releases;
  @Inject transient ConnectedPrograms connected;
  @Inject transient QueenSettings settings;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Release release = releases.find().orElse(null);
    if (release == null) {
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    boolean script = request.getServletPath().endsWith(".sh");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader("Cache-Control", "no-cache");
    response.setContentType(script ? "text/x-shellscript" : "text/html");
    String text = script ? script(release) : page(release);
    response.getWriter().write(text);
  }

  /** Nothing in these values can end a single-quoted word of a shell. */
  private String script(Release release) {
    return Page.of("install.sh").filled(values(release, word(settings.publicUrl().toString())));
  }

  private String page(Release release) {
    Map<String, String> values = values(release, html(settings.publicUrl().toString()));
    values.put("CONNECTED", connected.rows());
    return Page.of("connector.html").filled(values);
  }

  private static Map<String, String> values(Release release, String queen) {
    Map<String, String> values = new TreeMap<>();
    values.put("QUEEN", queen);
    values.put("VERSION", release.manifest().version().toString());
    values.put("WIRE", Integer.toString(release.manifest().wire()));
    values.put("SHA256", release.manifest().sha256());
    values.put("SIZE", Long.toString(release.manifest().size()));
    values.put("MEGABYTES", Long.toString(Math.round(release.manifest().size() / 1e6)));
    values.put("SIGNATURE", release.signature());
    values.put("PUBLIC_KEY", release.key().base64());
    values.put("FINGERPRINT", release.key().fingerprint());
    return values;
  }

  static String word(String text) {
    return text.replace("'", "%27");
  }

  static String html(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
