package dev.skep.queen.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1000})
  void shouldCutLinesHoweverTheyArrive(int atATime) throws IOException {
    assertThat(cut("a\n\nbc\r\n  \nd", 10, atATime)).containsExactly("1:a", "3:bc\r", "5:d");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000})
  void shouldTellALineThatIsTooLongAndGoOnBehindIt(int atATime) throws IOException {
    assertThat(cut("abcd\nabcde\nx\n" + "y".repeat(99), 4, atATime))
        .containsExactly("1:abcd", "2 too long", "3:x", "4 too long");
  }

  @Test
  void shouldEndAfterALastLineFeed() throws IOException {
    assertThat(cut("a\n", 4, 100)).containsExactly("1:a");
    assertThat(cut("", 4, 100)).isEmpty();
  }

  private static List<String> cut(String text, int longest, int atATime) throws IOException {
    LineSplitter splitter = new LineSplitter(longest);
    InputStream in = slowly(text.getBytes(StandardCharsets.UTF_8), atATime);
    List<String> lines = new ArrayList<>();
    while (true) {
      LineSplitter.Line line = splitter.next();
      if (line != null) {
        lines.add(told(line));
      } else if (!splitter.wantsMore()) {
        return lines;
      } else {
        splitter.read(in);
      }
    }
  }

  private static InputStream slowly(byte[] text, int atATime) {
    return new ByteArrayInputStream(text) {
      @Override
      public int read(byte[] into) {
        return read(into, 0, Math.min(into.length, atATime));
      }
    };
  }

  private static String told(LineSplitter.Line line) {
    byte[] text = line.text();
    return text == null
        ? line.number() + " too long"
        : line.number() + ":" + new String(text, StandardCharsets.UTF_8);
  }
}
