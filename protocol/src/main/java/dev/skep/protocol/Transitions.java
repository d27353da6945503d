package dev.skep.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * The declared life cycle of one kind of thing: which state may follow which. Illegal changes
 * throw.
 *
 * <p>Remembers which edges were used since the start of the program, so that a test can fail on an
 * edge nobody visits. Thread-safe once built.
 */
public final class Transitions<S extends Enum<S>> {
  /** One legal change. */
  public record Edge<S>(S from, S to) {}

  private final String thing;
  private final S[] states;
  private final boolean[] declared;
  private final boolean[] visited;

  private Transitions(String thing, Class<S> type) {
    this.thing = thing;
    this.states = type.getEnumConstants();
    this.declared = new boolean[states.length * states.length];
    this.visited = new boolean[declared.length];
  }

  /** Starts an empty table; {@code thing} is the word used in messages. */
  public static <S extends Enum<S>> Transitions<S> of(String thing, Class<S> type) {
    return new Transitions<>(thing, type);
  }

  /** Declares edges; used only while the table is being built. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Transitions<S> from(S from, S... to) {
    for (S next : to) {
      declared[index(from, next)] = true;
    }
    return this;
  }

  public boolean allows(S from, S to) {
    return declared[index(from, to)];
  }

  /**
   * Returns {@code to} when the change is legal and notes the visit; throws {@code
   * illegal-transition} otherwise.
   */
  public S check(S from, S to) {
    int index = index(from, to);
    if (!declared[index]) {
      throw SkepException.of("illegal-transition", 409)
          .fault(Fault.PLATFORM)
          .because("a " + thing + " cannot go from " + from + " to " + to);
    }
    visited[index] = true;
    return to;
  }

  public boolean isTerminal(S state) {
    return edges().stream().noneMatch(edge -> edge.from() == state);
  }

  public List<Edge<S>> edges() {
    return select(declared, true);
  }

  /** Declared edges that {@link #check} has not seen yet. */
  public List<Edge<S>> unvisited() {
    List<Edge<S>> seen = select(visited, true);
    return edges().stream().filter(edge -> !seen.contains(edge)).toList();
  }

  /** The table as a Mermaid state diagram. */
  public String toMermaid() {
    StringBuilder text =
        new StringBuilder("stateDiagram-v2\n    [*] --> ").append(states[0]).append('\n');
    edges()
        .forEach(
            e -> text.append("    ").append(e.from()).append(" --> ").append(e.to()).append('\n'));
    for (S state : states) {
      if (isTerminal(state)) {
        text.append("    ").append(state).append(" --> [*]\n");
      }
    }
    return text.toString();
  }

  private List<Edge<S>> select(boolean[] table, boolean wanted) {
    List<Edge<S>> edges = new ArrayList<>();
    for (S from : states) {
      for (S to : states) {
        if (table[index(from, to)] == wanted) {
          edges.add(new Edge<>(from, to));
        }
      }
    }
    return edges;
  }

  private int index(S from, S to) {
    return from.ordinal() * states.length + to.ordinal();
  }
}
