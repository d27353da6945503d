package dev.skep.provider.pool;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The schema as a table for people, and its defaults as a file. */
final class SchemaText {
  private static final String BEGIN = "<!-- generated from pool.schema.json -->\n";
  private static final String END = "<!-- end -->";

  private SchemaText() {}

  static String table(JsonObject schema) {
    StringBuilder table = new StringBuilder(BEGIN + "| key | form | default | meaning |\n");
    table.append("|---|---|---|---|\n");
    rows("", schema, schema, table);
    return table.append(END).toString();
  }

  static String replaced(String page, String table) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END) + END.length();
    return page.substring(0, begin) + table + page.substring(end);
  }

  private static void rows(String prefix, JsonObject in, JsonObject top, StringBuilder table) {
    for (Map.Entry<String, JsonValue> entry : in.getJsonObject("properties").entrySet()) {
      JsonObject of = entry.getValue().asJsonObject();
      String key = prefix + entry.getKey();
      table.append("| `").append(key).append("` | ").append(form(of, top));
      table.append(" | ").append(code(of.get("default"))).append(" | ");
      table.append(of.getString("description")).append(" |\n");
      JsonObject inner = of.containsKey("items") ? of.getJsonObject("items") : of;
      if (of.containsKey("oneOf")) {
        inner = of.getJsonArray("oneOf").getJsonObject(1);
      }
      if (inner.containsKey("properties")) {
        rows(key + (of.containsKey("items") ? "[]." : "."), inner, top, table);
      }
    }
  }

  private static String form(JsonObject of, JsonObject top) {
    if (of.containsKey("$ref")) {
      String name = of.getString("$ref").replace("#/$defs/", "");
      return form(top.getJsonObject("$defs").getJsonObject(name), top);
    } else if (of.containsKey("enum")) {
      return of.getJsonArray("enum").stream()
          .map(SchemaText::code)
          .collect(Collectors.joining(", "));
    } else if (of.containsKey("oneOf")) {
      return of.getJsonArray("oneOf").getValuesAs(JsonObject.class).stream()
          .map(one -> form(one, top))
          .collect(Collectors.joining(" or "));
    } else if (of.containsKey("const")) {
      return code(of.get("const"));
    }
    return type(of) + bounds(of) + examples(of);
  }

  private static String type(JsonObject of) {
    JsonValue type = of.get("type");
    List<String> types = new ArrayList<>();
    if (type instanceof JsonArray several) {
      several.getValuesAs(JsonString.class).forEach(one -> types.add(one.getString()));
    } else if (type instanceof JsonString one) {
      types.add(one.getString());
    }
    return String.join(" or ", types);
  }

  private static String bounds(JsonObject of) {
    boolean both = of.containsKey("minimum") && of.containsKey("maximum");
    return both ? ", " + of.get("minimum") + " to " + of.get("maximum") : "";
  }

  private static String examples(JsonObject of) {
    JsonObject inner = of.containsKey("items") ? of.getJsonObject("items") : of;
    StringJoiner examples = new StringJoiner(", ", ": ", "").setEmptyValue("");
    for (JsonObject from : inner == of ? List.of(of) : List.of(of, inner)) {
      if (from.containsKey("examples")) {
        from.getJsonArray("examples").forEach(one -> examples.add(code(one)));
      }
    }
    return examples.toString();
  }

  private static String code(@org.jspecify.annotations.Nullable JsonValue value) {
    if (value == null) {
      return "";
    }
    return "`" + (value instanceof JsonString text ? text.getString() : value) + "`";
  }

  /** The lines of a file that says what is said by saying nothing; a price has no default. */
  static String defaults(String key, JsonObject of, JsonObject price) {
    if (key.equals("price")) {
      return "price: " + price + "\n";
    } else if (of.containsKey("default")) {
      return key + ": " + of.get("default") + "\n";
    } else if (!of.containsKey("properties")) {
      return "";
    }
    StringJoiner inner = new StringJoiner(", ", "{", "}");
    of.getJsonObject("properties")
        .forEach(
            (name, value) -> {
              if (value.asJsonObject().containsKey("default")) {
                inner.add(name + ": " + value.asJsonObject().get("default"));
              }
            });
    return inner.length() == 2 ? "" : key + ": " + inner + "\n";
  }
}
