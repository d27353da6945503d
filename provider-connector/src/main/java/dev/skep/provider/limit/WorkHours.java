package dev.skep.provider.limit;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The times of day at which jobs are taken; none given means always. */
public record WorkHours(List<Span> spans) {

  /** Day and night. */
  public static final WorkHours ALWAYS = new WorkHours(List.of());

  /** From one time to another, perhaps over midnight; the end is not part of it. */
  public record Span(LocalTime from, LocalTime to) {

    /** Reads {@code 22:00-06:00}; anything else is an {@link IllegalArgumentException}. */
    public static Span parse(String text) {
      String[] ends = text.split("-", -1);
      try {
        if (ends.length == 2 && !ends[0].equals(ends[1])) {
          return new Span(LocalTime.parse(ends[0]), LocalTime.parse(ends[1]));
        }
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("expected two times such as 22:00-06:00", e);
      }
      throw new IllegalArgumentException("expected two times such as 22:00-06:00");
    }

    boolean contains(LocalTime time) {
      boolean afterStart = !time.isBefore(from);
      boolean beforeEnd = time.isBefore(to);
      return from.isBefore(to) ? afterStart && beforeEnd : afterStart || beforeEnd;
    }
  }

  public WorkHours {
    spans = List.copyOf(spans);
  }

  public boolean isOpen(LocalTime now) {
    return spans.isEmpty() || spans.stream().anyMatch(span -> span.contains(now));
  }
}
