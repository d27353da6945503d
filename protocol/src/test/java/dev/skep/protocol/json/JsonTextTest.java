package dev.skep.protocol.json;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        " 1 ",
        "-0.5e+3",
        "\"a\\u00e9\\n\"",
        "{\"a\":[1,{\"b\":null}],\"c\":true}"
      })
  void shouldTakeJson(String text) {
    assertThatCode(() -> check(text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{bad",
        "[1,]",
        "{\"a\" 1}",
        "01",
        "1.",
        "tru",
        "\"a",
        "\"\\x\"",
        "1 2",
        "\"\\u12g4\"",
        "NaN",
        "{\"a\":1,}",
        "-"
      })
  void shouldRefuseWhatIsNotJson(String text) {
    assertThatThrownBy(() -> check(text)).isInstanceOf(SkepException.class);
  }

  @Test
  void shouldRefuseWhatIsNestedTooDeeply() {
    assertThatThrownBy(() -> check("[".repeat(100_000))).isInstanceOf(SkepException.class);
  }

  @Test
  void shouldTakeTextInUtf8Only() {
    assertThatCode(() -> check("\"\u00e9 \ud83d\udc1d\"")).doesNotThrowAnyException();
    byte[] latin = "\"caf\u00e9\"".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> JsonText.check(latin)).hasMessageContaining("not UTF-8 at byte 4");
    byte[] cut = {'"', (byte) 0xf0, (byte) 0x9f, '"'};
    assertThatThrownBy(() -> JsonText.check(cut)).hasMessageContaining("not UTF-8 at byte 1");
    byte[] surrogate = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
    assertThatThrownBy(() -> JsonText.check(surrogate)).isInstanceOf(SkepException.class);
  }

  private static void check(String text) {
    JsonText.check(text.getBytes(StandardCharsets.UTF_8));
  }
}
