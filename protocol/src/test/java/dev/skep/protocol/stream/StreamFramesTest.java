package dev.skep.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.stream.StreamFrame.Kind;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamFramesTest {
  private final AttemptRef attempt = new AttemptRef(new JobId(Uuid7.system().next()), 3);
  private final StreamFrames frames = new StreamFrames();
  private final List<StreamFrame> heard = new ArrayList<>();

  @Test
  void shouldPutFramesTogetherFromAnyPieces() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(StreamFrame.control().toBytes());
    all.writeBytes(StreamFrame.of(Kind.ATTEMPT, attempt).toBytes());
    all.writeBytes(new StreamFrame(Kind.PART, "[1]".getBytes()).toBytes());
    all.writeBytes(StreamFrame.control().toBytes());
    for (byte each : all.toByteArray()) {
      frames.feed(new byte[] {each}, 1, heard::add);
    }
    assertThat(heard)
        .extracting(StreamFrame::kind)
        .containsExactly(Kind.CONTROL, Kind.ATTEMPT, Kind.PART, Kind.CONTROL);
    assertThat(heard.get(1).attempt()).isEqualTo(attempt);
    assertThat(heard.get(2).text()).isEqualTo("[1]");
    heard.clear();
    frames.feed(all.toByteArray(), all.size(), heard::add);
    assertThat(heard).hasSize(4);
  }

  @Test
  void shouldPutALongBodyTogetherFromPiecesOfAnySize() {
    byte[] part = new byte[100_000];
    new Random(7).nextBytes(part);
    byte[] frame = new StreamFrame(Kind.PART, part).toBytes();
    for (int piece : new int[] {1, 7, 4096, 65_536, frame.length}) {
      for (int from = 0; from < frame.length; from += piece) {
        byte[] some = Arrays.copyOfRange(frame, from, Math.min(frame.length, from + piece));
        frames.feed(some, some.length, heard::add);
      }
    }
    assertThat(heard).hasSize(5).allSatisfy(one -> assertThat(one.body()).isEqualTo(part));
  }

  @Test
  void shouldRefuseALengthBeforeAnythingOfItCame() {
    byte[] head = {3, 127, 0, 0, 0};
    assertThatThrownBy(() -> frames.feed(head, 5, heard::add))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("stream-malformed"));
  }

  @Test
  void shouldRefuseAnUnknownKind() {
    assertThatThrownBy(() -> frames.feed(new byte[] {99, 0, 0, 0, 0}, 5, heard::add))
        .isInstanceOf(SkepException.class);
  }

  @Test
  void shouldRefuseWhatNamesNoAttempt() {
    assertThatThrownBy(() -> new StreamFrame(Kind.CANCEL, "x/1".getBytes()).attempt())
        .isInstanceOf(SkepException.class);
  }
}
