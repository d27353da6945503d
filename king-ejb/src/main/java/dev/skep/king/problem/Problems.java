package dev.skep.king.problem;

import dev.skep.persistence.jdbc.Database;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Standing problems as rows: one per code and thing, logged when new, closed when gone. */
public final class Problems {
  private static final Logger LOG = System.getLogger(Problems.class.getName());
  private static final String RAISE =
      "insert into king_problem (code, ref, detail) values (?, ?, ?) on conflict (code, ref) do update"
          + " set detail = excluded.detail, last_seen_at = now(), resolved_at = null,"
          + " since = case when king_problem.resolved_at is null then king_problem.since else now() end"
          + " returning since = last_seen_at as fresh";

  private final Database database;

  public Problems(Database database) {
    this.database = database;
  }

  public void raise(String code, String ref, String detail) {
    String text = detail.replace('\0', ' ');
    boolean fresh =
        database.call(
            tx -> tx.first(RAISE, row -> row.flag("fresh"), code, ref, text).orElse(true));
    LOG.log(fresh ? Level.ERROR : Level.DEBUG, "{0} ({1}): {2}", code, ref, text);
  }

  /** Closes every problem of this thing. */
  public void resolve(String ref) {
    int closed =
        database.call(
            tx ->
                tx.change(
                    "update king_problem set resolved_at = now() where ref = ? and resolved_at is null",
                    ref));
    if (closed > 0) {
      LOG.log(Level.INFO, "{0} works again", ref);
    }
  }
}
