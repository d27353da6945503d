package dev.skep.provider.docker;

import static dev.skep.provider.runtime.Programs.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.provider.runtime.HeardEvents;
import dev.skep.provider.runtime.JobEvents;
import dev.skep.provider.runtime.JobEvents.Progress;
import dev.skep.provider.runtime.JobLog;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.Programs;
import dev.skep.provider.worker.FrameTooLargeException;
import dev.skep.provider.worker.WorkerMessage;
import dev.skep.provider.worker.WorkerProtocolException;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A program that took the socket over may send anything at all. */
class WorkerAnswerTest {

  private static final byte[] NONE = {};

  private final AttemptRef attempt = Programs.anAttempt();
  private final HeardEvents heard = new HeardEvents();
  private final WorkerAnswer answer = new WorkerAnswer(attempt, heard, 20);

  private JsonObjectBuilder header(String type) {
    return Json.createObjectBuilder().add("type", type).add("id", attempt.toString());
  }

  private JobOutcome read(JsonObjectBuilder header, byte[] payload) throws IOException {
    return answer.read(new WorkerMessage(header.build(), payload));
  }

  private void part(long index, String json) throws IOException {
    assertThat(read(header("part").add("index", index), json(json))).isNull();
  }

  @Test
  void shouldPassPartsOnInOrder() throws IOException {
    part(0, "1");
    part(1, "[2]");
    assertThat(heard.parts()).containsExactly("1", "[2]");
    assertThat(read(header("result"), json("[1,[2]]")).ok()).isTrue();
  }

  @Test
  void shouldRefuseAPartOutOfItsOrder() throws IOException {
    part(0, "1");
    for (long index : new long[] {0, 2, -1, Long.MAX_VALUE, 1L << 32 | 1}) {
      assertThatThrownBy(() -> part(index, "1")).isInstanceOf(WorkerProtocolException.class);
    }
  }

  @Test
  void shouldRefuseAPartThatIsNotJson() {
    assertThatThrownBy(() -> part(0, "{")).isInstanceOf(WorkerProtocolException.class);
    assertThatThrownBy(() -> part(0, "")).isInstanceOf(WorkerProtocolException.class);
  }

  @Test
  void shouldRefuseMorePartsThanAnAnswerMayHold() throws IOException {
    part(0, "1234567890");
    part(1, "123456");
    assertThatThrownBy(() -> part(2, "1")).isInstanceOf(FrameTooLargeException.class);
    assertThat(heard.parts()).hasSize(2);
  }

  @Test
  void shouldRefuseAResultThatIsNotItsParts() throws IOException {
    part(0, "1");
    assertThatThrownBy(() -> read(header("result"), json("[2]")))
        .isInstanceOf(WorkerProtocolException.class)
        .hasMessageContaining("parts");
  }

  @Test
  void shouldPassProgressOnAndCutItsText() throws IOException {
    assertThat(read(header("progress").add("done", 1.5).add("text", "x".repeat(10_000)), NONE))
        .isNull();
    assertThat(heard.progress())
        .containsExactly(new Progress(1.5, null, "x".repeat(Progress.MAX_TEXT)));
  }

  @Test
  void shouldRefuseProgressWithoutANumber() {
    assertThatThrownBy(() -> read(header("progress").add("done", "1"), NONE))
        .isInstanceOf(WorkerProtocolException.class);
    assertThatThrownBy(
            () ->
                read(
                    header("progress")
                        .add("done", Json.createValue(new java.math.BigDecimal("1e999"))),
                    NONE))
        .isInstanceOf(WorkerProtocolException.class);
  }

  @Test
  void shouldTellNoMoreLogThanIsKept() throws IOException {
    for (int i = 0; i < 100; i++) {
      assertThat(read(header("log-part").add("text", "y".repeat(1000)), NONE)).isNull();
    }
    assertThat(heard.log()).hasSize(JobLog.MAX_BYTES);
  }

  @Test
  void shouldRefuseAnUnknownType() {
    assertThatThrownBy(() -> read(header("hello"), NONE))
        .isInstanceOf(WorkerProtocolException.class);
  }

  @Test
  void shouldNotAskForPartsWhenNobodyListens() {
    assertThat(new WorkerAnswer(attempt, JobEvents.NONE, 20).isHeard()).isFalse();
    assertThat(answer.isHeard()).isTrue();
  }
}
