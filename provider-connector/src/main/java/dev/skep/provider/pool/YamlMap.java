package dev.skep.provider.pool;

import dev.skep.protocol.SkepException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
public final class YamlMap {
  private final YamlTree tree;
  private final @Nullable MappingNode node;
  private final Map<String, Node> values = new HashMap<>();

  public YamlMap(YamlTree tree, @Nullable MappingNode node, List<String> known) {
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

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** The mapping under a key; an absent one reads as empty, so that defaults have one home. */
  public YamlMap map(String key, List<String> known) {
    Node value = values.get(key);
    if (value != null && !(value instanceof MappingNode)) {
      throw refuse(key, "expected 'key: value' pairs: " + String.join(", ", known));
    }
    return new YamlMap(tree, (MappingNode) value, known);
  }

  List<YamlMap> maps(String key, List<String> known) {
    Node value = values.get(key);
    List<YamlMap> maps = new ArrayList<>();
    for (Node item : value == null ? List.<Node>of() : items(key)) {
      if (!(item instanceof MappingNode map)) {
        throw refuse(key, "each entry needs the keys " + String.join(", ", known));
      }
      maps.add(new YamlMap(tree, map, known));
    }
    return maps;
  }

  /** The values of a list, each read by {@code reader}; a refusal names the place of its own. */
  public <T> List<T> texts(String key, Function<String, T> reader) {
    List<T> texts = new ArrayList<>();
    for (Node item : items(key)) {
      if (!(item instanceof ScalarNode scalar)) {
        throw refuse(key, item, "expected a list of plain values");
      }
      texts.add(read(key, item, scalar.getValue().strip(), reader));
    }
    return texts;
  }

  private List<Node> items(String key) {
    if (values.get(key) instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw refuse(key, "expected a list");
  }

  /** A mapping whose keys are the writer's own; absent reads as empty. */
  Map<String, String> entries(
      String key, UnaryOperator<String> names, UnaryOperator<String> texts) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : has(key) ? tuples(key) : List.<NodeTuple>of()) {
      Node name = tuple.getKeyNode();
      Node value = tuple.getValueNode();
      if (!(name instanceof ScalarNode word) || !(value instanceof ScalarNode text)) {
        throw refuse(key, name, "expected NAME: value");
      }
      String read = read(key, name, word.getValue(), names);
      if (entries.put(read, read(read, value, text.getValue(), texts)) != null) {
        throw refuse(key, name, "'" + read + "' is given twice");
      }
    }
    return entries;
  }

  private List<NodeTuple> tuples(String key) {
    if (values.get(key) instanceof MappingNode map) {
      return map.getValue();
    }
    throw refuse(key, "expected NAME: value pairs");
  }

  boolean isMap(String key) {
    return values.get(key) instanceof MappingNode;
  }

  boolean isText(String key) {
    return values.get(key) instanceof ScalarNode;
  }

  /** Where a key's value stands, as {@code file:line:column}. */
  String place(String key) {
    Node value = values.get(key);
    String place = value == null ? here() : tree.place(value.getStartMark());
    return place.substring(0, place.lastIndexOf(':'));
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
  public <T> T value(String key, T absent, Function<String, T> reader) {
    return find(key).map(text -> read(key, text, reader)).orElse(absent);
  }

  <T> T required(String key, Function<String, T> reader) {
    return read(key, text(key), reader);
  }

  private <T> T read(String key, String text, Function<String, T> reader) {
    return read(key, values.get(key), text, reader);
  }

  private <T> T read(
      String key, @Nullable Node at, String text, Function<String, ? extends T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | SkepException e) {
      throw refuse(key, at, "'" + shown(text) + "': " + e.getMessage());
    }
  }

  /** What holds of a key's value as a whole; a refusal is told with the key's place. */
  <T> T checked(String key, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      throw refuse(key, String.valueOf(e.getMessage()));
    }
  }

  private static String shown(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "..." : text;
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
    return refuse(key, values.get(key), why);
  }

  private RuntimeException refuse(String key, @Nullable Node at, String why) {
    String place = at == null ? here() : tree.place(at.getStartMark());
    return YamlTree.invalid(place + key + ": " + why);
  }

  private String here() {
    return node == null ? tree.place(Optional.empty()) : tree.place(node.getStartMark());
  }
}
