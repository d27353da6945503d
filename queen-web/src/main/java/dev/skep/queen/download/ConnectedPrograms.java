package dev.skep.queen.download;

import dev.skep.protocol.release.Software;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which versions are connected now, for the page. */
@ApplicationScoped
class ConnectedPrograms {
  @Inject Sql sql;
  @Inject Skew skew;

  private record Line(String software, long sessions) {}

  /** Rows of an HTML table: version, standing, number of connectors. */
  String rows() {
    List<Line> lines =
        sql.list(
            "select software, count(*) as sessions from connector_session"
                + " where ended_at is null and expires_at > now() group by software",
            row -> new Line(row.text("software"), row.number("sessions")));
    Map<String, Long> counts = new TreeMap<>();
    lines.forEach(line -> counts.merge(name(line.software()), line.sessions(), Long::sum));
    StringBuilder rows = new StringBuilder();
    counts.forEach((name, count) -> rows.append("<tr>" + name + "<td>" + count + "</td></tr>\n"));
    return rows.isEmpty() ? "<tr><td>none</td><td></td><td>0</td></tr>\n" : rows.toString();
  }

  /** Only what was parsed is shown: what a connector calls itself is anybody's text. */
  private String name(String software) {
    String version =
        Software.parse(software).map(known -> known.version().toString()).orElse("other");
    return "<td>" + version + "</td><td>" + skew.standing(software).text() + "</td>";
  }
}
