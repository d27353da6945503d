package dev.skep.provider.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of the file with a closed set of keys. Every refusal names line and column; an
 * unknown key also gets the known key nearest to it.
 */
final class YamlMap {
  private final YamlTree tree;
  private final @Nullable MappingNode node;
  private final Map<String, Node> values = new HashMap<>();

  YamlMap(YamlTree tree, @Nullable MappingNode node, List<String> known) {
    this.tree = tree;
    this.node = node;
    if (node != null) {
      node.getValue().forEach(tuple -> add(tuple, known));
    }
  }

  private void add(NodeTuple tuple, List<String> known) {
    Node key = tuple.getKeyNode();
    if (!(key instanceof ScalarNode scalar)) {
      throw YamlTree.invalid(tree.place(key.getStartMark()) + "a key must be a plain word");
    }
    String name = scalar.getValue();
    if (!known.contains(name)) {
      throw YamlTree.invalid(tree.place(key.getStartMark()) + unknown(name, known));
    }
    if (values.put(name, tuple.getValueNode()) != null) {
      throw YamlTree.invalid(tree.place(key.getStartMark()) + "key '" + name + "' is given twice");
    }
  }

  private static String unknown(String name, List<String> known) {
    return "unknown key '"
        + name
        + "'; did you mean '"
        + NearestKey.to(name, known)
        + "'? Known here: "
        + String.join(", ", known);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** The mapping under a key; an absent one reads as empty, so that defaults have one home. */
  YamlMap map(String key, String... known) {
    Node value = values.get(key);
    if (value != null && !(value instanceof MappingNode)) {
      throw refuse(key, "expected 'key: value' pairs: " + String.join(", ", known));
    }
    return new YamlMap(tree, (MappingNode) value, List.of(known));
  }

  List<YamlMap> maps(String key, String... known) {
    Node value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode sequence)) {
      throw refuse(key, "expected a list");
    }
    List<YamlMap> maps = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      if (!(item instanceof MappingNode map)) {
        throw refuse(key, "each entry needs the keys " + String.join(", ", known));
      }
      maps.add(new YamlMap(tree, map, List.of(known)));
    }
    return maps;
  }

  String text(String key) {
    return find(key).orElseThrow(() -> YamlTree.invalid(here() + "key '" + key + "' is required"));
  }

  Optional<String> find(String key) {
    Node value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      throw refuse(key, "expected one value");
    }
    return Optional.of(scalar.getValue().strip());
  }

  /** The value of a key read by {@code reader}, whose refusal is told with its place. */
  <T> T value(String key, T absent, Function<String, T> reader) {
    return find(key).map(text -> read(key, text, reader)).orElse(absent);
  }

  <T> T required(String key, Function<String, T> reader) {
    return read(key, text(key), reader);
  }

  private <T> T read(String key, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | dev.skep.protocol.SkepException e) {
      throw refuse(key, "'" + text + "': " + e.getMessage());
    }
  }

  int number(String key, int absent, int least, int most) {
    return value(key, absent, text -> Quantity.number(text, least, most));
  }

  String oneOf(String key, String absent, String... allowed) {
    return value(
        key,
        absent,
        text -> {
          String word = text.toLowerCase(Locale.ROOT);
          if (List.of(allowed).contains(word)) {
            return word;
          }
          throw new IllegalArgumentException("expected one of " + String.join(", ", allowed));
        });
  }

  RuntimeException refuse(String key, String why) {
    Node value = values.get(key);
    String place = value == null ? here() : tree.place(value.getStartMark());
    return YamlTree.invalid(place + key + ": " + why);
  }

  private String here() {
    return node == null ? tree.place(Optional.empty()) : tree.place(node.getStartMark());
  }
}
