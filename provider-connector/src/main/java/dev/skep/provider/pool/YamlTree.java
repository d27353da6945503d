package dev.skep.provider.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads YAML text into a tree of nodes that still know their line and column.
 *
 * <p>Limits are checked on the event stream, which is flat, before anything recursive sees the
 * text: size, depth, aliases (no billion laughs), and tags (no surprise types).
 */
public final class YamlTree {
  static final int MAX_CHARACTERS = 64 * 1024;
  static final int MAX_DEPTH = 12;

  private final String file;

  public YamlTree(String file) {
    this.file = file;
  }

  public MappingNode read(String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw invalid(
          file + ": too large, " + text.length() + " characters; at most " + MAX_CHARACTERS);
    }
    LoadSettings settings = LoadSettings.builder().setLabel(file).setParseComments(false).build();
    try {
      checkEvents(text, settings);
      return root(new Compose(settings).composeString(text));
    } catch (MarkedYamlEngineException e) {
      throw invalid(place(e.getProblemMark()) + reason(e));
    } catch (YamlEngineException e) {
      throw invalid(file + ": " + e.getMessage());
    }
  }

  private void checkEvents(String text, LoadSettings settings) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      checkNode(event);
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        throw invalid(place(event.getStartMark()) + "nested deeper than " + MAX_DEPTH + " levels");
      }
      if (isEnd(event)) {
        depth--;
      }
    }
  }

  private static boolean isEnd(Event event) {
    return event.getEventId() == Event.ID.MappingEnd || event.getEventId() == Event.ID.SequenceEnd;
  }

  private void checkNode(Event event) {
    if (event instanceof AliasEvent) {
      throw invalid(place(event.getStartMark()) + "aliases (*name) are not allowed here");
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      Anchor anchor = node.getAnchor().get();
      throw invalid(place(event.getStartMark()) + "anchors (&" + anchor + ") are not allowed here");
    }
    tag(event)
        .ifPresent(
            tag -> {
              throw invalid(
                  place(event.getStartMark()) + "tags (" + tag + ") are not allowed here");
            });
  }

  private static Optional<String> tag(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getTag();
    }
    return event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
  }

  private MappingNode root(Optional<Node> node) {
    if (node.isEmpty()) {
      throw invalid(file + ": empty; the least it needs is 'name' and 'price'");
    }
    if (node.get() instanceof MappingNode map) {
      return map;
    }
    throw invalid(place(node.get().getStartMark()) + "expected 'key: value' lines at the top");
  }

  private static String reason(MarkedYamlEngineException e) {
    String problem = e.getProblem() == null ? "not valid YAML" : e.getProblem();
    return e.getContext() == null ? problem : e.getContext() + ": " + problem;
  }

  /** {@code file:line:column: } for a mark, counted from one as editors do. */
  String place(Optional<Mark> mark) {
    return mark.map(m -> file + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1) + ": ")
        .orElse(file + ": ");
  }

  static SkepException invalid(String what) {
    return SkepException.of("config-invalid", 400)
        .fault(Fault.CALLER)
        .because(what)
        .hint(
            "Mend the file and try again; docs/pool-file.md and 'skep pool new --help' show every key.");
  }
}
