package dev.skep.broker;

import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps strangers from filling the log: the broker writes several lines for each connection and a
 * stack trace for each failed sign-in. Of each kind of line (its code, such as {@code [B3100]})
 * only the first few per minute pass, and only their first line unless the kind is rare.
 */
final class LogLimit implements Filter {
  private static final Pattern CODE = Pattern.compile("\\[([BC]\\d{4})]");
  private static final int LINES_PER_MINUTE = 30;
  private static final int TRACES_PER_MINUTE = 3;

  private final RateLimit lines;
  private final RateLimit traces;

  LogLimit() {
    this(RateLimit.perMinute(LINES_PER_MINUTE), RateLimit.perMinute(TRACES_PER_MINUTE));
  }

  LogLimit(RateLimit lines, RateLimit traces) {
    this.lines = lines;
    this.traces = traces;
  }

  @Override
  public boolean isLoggable(LogRecord line) {
    String message = line.getMessage();
    String kind = message == null ? "" : kind(message);
    if (message != null && message.contains("\n\tat ") && !traces.allows(kind)) {
      line.setMessage(message.substring(0, message.indexOf("\n\tat ")));
    }
    return lines.allows(kind);
  }

  private static String kind(String message) {
    Matcher code = CODE.matcher(message);
    return code.find() ? code.group(1) : "other";
  }
}
