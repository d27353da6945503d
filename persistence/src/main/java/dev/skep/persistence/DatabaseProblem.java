package dev.skep.persistence;

import dev.skep.protocol.SkepException;
import java.sql.SQLException;

/** Turns what the driver throws into our exception. */
public final class DatabaseProblem {
  private DatabaseProblem() {}

  /**
   * {@code database-unavailable} (503, retryable) when the connection is at fault, {@code
   * database-refused} (500) else.
   */
  public static SkepException of(String what, SQLException e) {
    SkepException problem =
        isConnectionLoss(e)
            ? SkepException.of("database-unavailable", 503).hint("Nothing was decided; try again.")
            : SkepException.of("database-refused", 500);
    return problem.because(what + ": " + briefly(e)).causedBy(e);
  }

  /** Connection exceptions, too many connections, shutdown and start-up of the server. */
  public static boolean isConnectionLoss(SQLException e) {
    String state = e.getSQLState();
    return state == null
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("53");
  }

  /** What the server said, without the row that a failed batch would print. */
  private static String briefly(SQLException e) {
    SQLException last = e.getNextException() == null ? e : e.getNextException();
    String line = String.valueOf(last.getMessage()).lines().findFirst().orElse("");
    return line.length() <= 200 ? line : line.substring(0, 200);
  }
}
