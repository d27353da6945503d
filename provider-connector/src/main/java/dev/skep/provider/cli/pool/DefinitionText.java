package dev.skep.provider.cli.pool;

import dev.skep.provider.cli.Table;
import dev.skep.provider.pool.Quantity;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a pool's slots are made of, as people read it; older pools say less. */
final class DefinitionText {
  private DefinitionText() {}

  static void rows(Table table, JsonObject spec) {
    table.row("image", Answers.text(spec, "image") + language(spec));
    if (spec.get("resources") instanceof JsonObject resources) {
      table.row("a slot takes", resources(resources));
    }
    if (spec.get("dependencies") instanceof JsonObject lock) {
      table.row("packages", lock.getJsonArray("files").size() + ", pinned by hash");
    }
    if (spec.get("network") instanceof JsonObject network) {
      table.row("network", places(network.getJsonArray("allow")));
    }
    if (spec.get("env") instanceof JsonObject env && !env.isEmpty()) {
      table.row("variables", String.join(", ", env.keySet()) + " (providers can read them)");
    }
    if (spec.get("check") instanceof JsonObject check) {
      table.row("check", check(check));
    }
  }

  private static String check(JsonObject check) {
    return Answers.text(check, "input") + " must give " + Answers.text(check, "output");
  }

  private static String language(JsonObject spec) {
    return spec.get("runtime") instanceof JsonObject runtime
        ? " (" + Answers.text(runtime, "language") + " " + Answers.text(runtime, "version") + ")"
        : "";
  }

  private static String resources(JsonObject resources) {
    List<String> words = new ArrayList<>();
    for (String name : List.of("cpus", "memory", "tmp", "disk", "gpus", "vram")) {
      if (resources.get(name) instanceof JsonNumber number && number.doubleValue() > 0) {
        boolean count = name.equals("cpus") || name.equals("gpus");
        words.add(name + " " + (count ? number : Quantity.human(number.longValue())));
      }
    }
    return String.join(", ", words);
  }

  private static String places(JsonArray allow) {
    return allow.isEmpty()
        ? "none"
        : allow.stream().map(DefinitionText::place).collect(Collectors.joining(", "));
  }

  private static String place(JsonValue value) {
    return value instanceof JsonString text ? text.getString() : "";
  }
}
