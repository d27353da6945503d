package dev.skep.provider.cli.pool;

import dev.skep.protocol.release.Software;
import dev.skep.provider.cli.Table;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The slots of a pool as people read them, and below them what is wrong with each. */
final class SlotText {
  private SlotText() {}

  private static List<JsonObject> of(JsonObject pool) {
    return pool.get("slots") instanceof JsonArray slots
        ? slots.getValuesAs(JsonObject.class)
        : List.of();
  }

  static boolean hasProblem(JsonObject pool) {
    return of(pool).stream().anyMatch(slot -> slot.containsKey("problem"));
  }

  static List<String> lines(JsonObject pool) {
    Table table =
        new Table().row("SLOT", "STATE", "PROVIDER", "CONTAINER", "JOBS", "VERSION", "PROBLEM");
    List<String> problems = new ArrayList<>();
    for (JsonObject slot : of(pool)) {
      String code = "";
      if (slot.get("problem") instanceof JsonObject problem) {
        code = Answers.text(problem, "code");
        problems.addAll(problem(Answers.text(slot, "ordinal"), problem));
      }
      String container = Answers.text(slot, "containerId");
      table.row(
          Answers.text(slot, "ordinal"),
          Answers.text(slot, "state"),
          Answers.text(slot, "provider"),
          container.substring(0, Math.min(12, container.length())),
          Answers.text(slot, "jobsDone"),
          version(slot),
          code);
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.addAll(problems);
    return lines;
  }

  /** A traceback has lines of its own, so it stands below the table. */
  private static List<String> problem(String ordinal, JsonObject problem) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("slot " + ordinal + ": " + Answers.text(problem, "code"));
    Answers.text(problem, "detail").lines().forEach(line -> lines.add("  " + line));
    String hint = Answers.text(problem, "hint");
    if (!hint.isEmpty()) {
      lines.add("next: " + hint);
    }
    return lines;
  }

  /** The connector's version, with what the queen has to say about it. */
  private static String version(JsonObject slot) {
    String version =
        Software.parse(Answers.text(slot, "software")).map(s -> s.version().toString()).orElse("");
    return switch (Answers.text(slot, "standing")) {
      case "update-advised" -> version + " (update advised)";
      case "update-required" -> version + " (update to get jobs)";
      default -> version;
    };
  }
}
