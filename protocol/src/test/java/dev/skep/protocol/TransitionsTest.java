package dev.skep.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.block.BlockState;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.slot.SlotState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransitionsTest {
  private enum Door {
    OPEN,
    SHUT,
    GONE
  }

  private static Transitions<Door> doors() {
    return Transitions.of("door", Door.class)
        .from(Door.OPEN, Door.SHUT)
        .from(Door.SHUT, Door.OPEN, Door.GONE);
  }

  static Stream<Transitions<?>> lifeCycles() {
    return Stream.of(
        JobState.TRANSITIONS,
        AttemptState.TRANSITIONS,
        PoolState.TRANSITIONS,
        SlotState.TRANSITIONS,
        BlockState.TRANSITIONS);
  }

  @Test
  void shouldThrowWithBothStatesWhenTheChangeIsIllegal() {
    assertThatThrownBy(() -> JobState.TRANSITIONS.check(JobState.COMPLETED, JobState.LEASED))
        .isInstanceOf(SkepException.class)
        .hasMessageContaining("job cannot go from COMPLETED to LEASED");
  }

  @Test
  void shouldNameTheEdgesThatNobodyVisited() {
    Transitions<Door> doors = doors();
    doors.check(Door.OPEN, Door.SHUT);
    doors.check(Door.SHUT, Door.GONE);
    assertThat(doors.unvisited()).containsExactly(new Transitions.Edge<>(Door.SHUT, Door.OPEN));
    doors.check(Door.SHUT, Door.OPEN);
    assertThat(doors.unvisited()).isEmpty();
  }

  @Test
  void shouldDrawADiagramOfEveryEdge() {
    assertThat(doors().toMermaid())
        .isEqualTo(
            """
            stateDiagram-v2
                [*] --> OPEN
                OPEN --> SHUT
                SHUT --> OPEN
                SHUT --> GONE
                GONE --> [*]
            """);
  }

  @ParameterizedTest
  @MethodSource("lifeCycles")
  <S extends Enum<S>> void shouldLeaveNoEdgeUnvisitedAndNoStateUnreachable(Transitions<S> table) {
    S first = table.edges().get(0).from().getDeclaringClass().getEnumConstants()[0];
    Set<S> reached = EnumSet.of(first);
    Deque<S> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      S from = open.pop();
      for (Transitions.Edge<S> edge : table.edges()) {
        if (edge.from() == from && reached.add(table.check(from, edge.to()))) {
          open.push(edge.to());
        }
      }
    }
    assertThat(reached).containsExactlyInAnyOrder(first.getDeclaringClass().getEnumConstants());
    assertThat(table.unvisited()).isEmpty();
  }

  @Test
  void shouldNeverLeaveAnEnd() {
    assertThat(Stream.of(JobState.values()).filter(JobState.TRANSITIONS::isTerminal))
        .containsExactly(JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED);
    assertThat(BlockState.TRANSITIONS.isTerminal(BlockState.FINAL)).isTrue();
  }
}
