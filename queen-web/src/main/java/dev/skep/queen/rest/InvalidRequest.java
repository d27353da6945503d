package dev.skep.queen.rest;

import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** Every member of a request that is wrong, at once, so that nobody mends them one by one. */
public final class InvalidRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One wrong member.
   *
   * @param pointer JSON pointer of the member, empty for the whole body
   */
  public record Finding(String pointer, String detail) {}

  private final transient List<Finding> findings;

  public InvalidRequest(List<Finding> findings) {
    super(describe(findings));
    this.findings = List.copyOf(findings);
  }

  public List<Finding> findings() {
    return findings;
  }

  Problem problem() {
    return SkepException.of("request-invalid", 400)
        .because(describe(findings))
        .hint("Mend every member listed in \"errors\" and send the request again.")
        .problem();
  }

  JsonObject json() {
    JsonArrayBuilder errors = Json.createArrayBuilder();
    findings.forEach(
        finding ->
            errors.add(
                Json.createObjectBuilder()
                    .add("pointer", finding.pointer())
                    .add("detail", finding.detail())));
    return Json.createObjectBuilder(problem().toJson()).add("errors", errors).build();
  }

  private static String describe(List<Finding> findings) {
    return findings.stream()
        .map(finding -> finding.pointer() + " " + finding.detail())
        .collect(Collectors.joining("; "));
  }
}
