package dev.skep.provider.doctor;

import static dev.skep.provider.doctor.Doctor.fine;

import dev.skep.provider.queen.QueenApi;
import dev.skep.provider.queen.QueenReply;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.Finding.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The queen: does she answer, with the key she should have, and does she keep the same time? */
public record QueenCheck(Supplier<QueenApi> queen, InstantSource clock) implements Check {

  /** What a sign-in bears, with room for the network. */
  private static final Duration MOST_SKEW = Duration.ofSeconds(30);

  @Override
  public List<Finding> look() {
    QueenApi api = queen.get();
    QueenReply reply = api.get("/api/queen");
    List<Finding> findings = new ArrayList<>();
    String version = reply.object().getString("version", "of unknown version");
    String trust = api.url().isTls() ? " over TLS, with a key that is trusted" : " on this machine";
    findings.add(
        fine(
            "queen-answers",
            "The queen at " + api.url() + " (" + version + ") answers" + trust + "."));
    date(reply).ifPresent(hers -> findings.add(skew(Duration.between(clock.instant(), hers))));
    return findings;
  }

  private static Optional<Instant> date(QueenReply reply) {
    try {
      return reply
          .header("Date")
          .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty(); // a proxy's invention says nothing about her clock
    }
  }

  private static Finding skew(Duration ahead) {
    if (ahead.abs().compareTo(MOST_SKEW) <= 0) {
      return fine("clock-agrees", "This machine's clock and the queen's agree.");
    }
    String which = ahead.isNegative() ? "ahead of" : "behind";
    return new Finding(
        Severity.BLOCKING,
        "clock-skewed",
        "This machine's clock is %d s %s the queen's, so signing in will be refused."
            .formatted(ahead.abs().toSeconds(), which),
        "Set the clock, best by a time service such as chrony or systemd-timesyncd.");
  }
}
