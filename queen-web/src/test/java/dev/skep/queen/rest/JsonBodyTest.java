package dev.skep.queen.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  @Test
  void shouldReadOneObject() {
    assertThat(JsonBody.object(utf8("{\"a\":1}")).getInt("a")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"a\":1}{",
        "{\"a\":1,\"a\":2}",
        "{'a':1}",
        "\"text\"",
        "{\"a\":NaN}"
      })
  void shouldRefuseWhatIsNotOneCleanObject(String body) {
    assertThatThrownBy(() -> JsonBody.object(utf8(body)))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("json-malformed"));
  }

  @Test
  void shouldRefuseBrokenUtf8() {
    byte[] body = utf8("{\"a\":\"?\"}");
    body[6] = (byte) 0xff;
    assertThatThrownBy(() -> JsonBody.object(body))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("json-malformed"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
