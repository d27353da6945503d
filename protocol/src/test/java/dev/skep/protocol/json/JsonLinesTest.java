package dev.skep.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  private static final String FILE = "1\n\n {\"a\": \"ä\"} \r\n\t\n[2]";

  @Test
  void shouldReadOneValueALineAndPassOverBlankOnes() throws IOException {
    assertThat(read(FILE, 0)).containsExactly("1", " {\"a\": \"ä\"}", "[2]");
    assertThat(JsonLines.count(bytes(FILE))).isEqualTo(3);
    assertThat(JsonLines.count(bytes(""))).isZero();
  }

  @Test
  void shouldGoOnWhereALineEnded() throws IOException {
    JsonLines lines = new JsonLines(bytes(FILE), 0);
    for (JsonLines.Line line = lines.next(); line != null; line = lines.next()) {
      String rest = new String(bytes(FILE).readAllBytes(), StandardCharsets.ISO_8859_1);
      int from = (int) line.nextByte();
      byte[] tail = rest.substring(from).getBytes(StandardCharsets.ISO_8859_1);
      JsonLines second = new JsonLines(new ByteArrayInputStream(tail), from);
      JsonLines.Line again = second.next();
      JsonLines third = new JsonLines(bytes(FILE), 0);
      assertThat(again == null ? null : again.nextByte()).isEqualTo(after(third, from));
    }
  }

  /** Where the line after the one that ends there ends. */
  private static Long after(JsonLines lines, int from) throws IOException {
    for (JsonLines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.nextByte() > from) {
        return line.nextByte();
      }
    }
    return null;
  }

  @Test
  void shouldNameTheLineThatIsNoInput() {
    assertRefused("1\n\nnot json\n", "line 3", "not JSON");
    assertRefused("1\n" + "[".repeat(200) + "\n", "line 2", "nested deeper");
    assertRefused("\"" + "x".repeat(JsonLines.LONGEST) + "\"", "line 1", "more than");
    InputStream latin = new ByteArrayInputStream("\"ä\"".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> JsonLines.count(latin)).hasMessageContaining("not UTF-8");
  }

  private static void assertRefused(String file, String where, String why) {
    assertThatThrownBy(() -> JsonLines.count(bytes(file)))
        .hasMessageContaining(where)
        .hasMessageContaining(why)
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("inputs-invalid"));
  }

  private static List<String> read(String file, long from) throws IOException {
    List<String> texts = new ArrayList<>();
    JsonLines lines = new JsonLines(bytes(file), from);
    for (JsonLines.Line line = lines.next(); line != null; line = lines.next()) {
      texts.add(new String(line.text(), StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static InputStream bytes(String file) {
    return new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
  }
}
