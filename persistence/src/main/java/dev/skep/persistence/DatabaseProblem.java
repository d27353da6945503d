package dev.skep.persistence;

import dev.skep.protocol.SkepException;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what the driver throws into our exception. */
public final class DatabaseProblem {
  private static final String UNIQUE_VIOLATION = "23505";

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

  /**
   * Does work on entities and throws the same for its failures, and {@code row-changed} (409,
   * retryable) when somebody else wrote the row meanwhile.
   */
  public static <T> T guard(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      // No PersistenceException alone: what EclipseLink finds out while it looks for an id is none.
      throw translate(what, e);
    }
  }

  private static RuntimeException translate(String what, RuntimeException e) {
    SQLException cause = findCause(e);
    boolean raced = cause != null && UNIQUE_VIOLATION.equals(cause.getSQLState());
    if (raced || e instanceof OptimisticLockException) {
      return SkepException.of("row-changed", 409)
          .retryable(true)
          .because(what + ": somebody else changed it meanwhile.")
          .hint("Look at it again and repeat.")
          .causedBy(e);
    }
    return cause == null ? e : of(what, cause);
  }

  private static @Nullable SQLException findCause(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof SQLException found) {
        return found;
      }
    }
    return null;
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
