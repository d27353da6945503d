package dev.skep.protocol.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolCheckTest {
  private static boolean accepts(String wanted, String answer) {
    return new PoolCheck("1", wanted).accepts(answer.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1.0; 1",
        "1e2; 100",
        "[1, [2.50, \"a\"]]; [1,[2.5,\"a\"]]",
        "{\"a\": 1, \"b\": null}; {\"b\":null,\"a\":1.00}",
        "true; true"
      })
  void shouldCompareByValue(String wanted, String answer) {
    assertThat(accepts(wanted, answer)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; 2",
        "1; \"1\"",
        "[1, 2]; [2,1]",
        "[1]; [1,2]",
        "{\"a\": 1}; {\"a\":1,\"b\":2}",
        "{\"a\": 1}; {\"b\":1}",
        "null; false",
        "1; 1 2",
        "1; x"
      })
  void shouldRefuseAnyOtherAnswer(String wanted, String answer) {
    assertThat(accepts(wanted, answer)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "word", "[1", "{\"a\":}", "1 2"})
  void shouldRefuseWhatIsNotJson(String text) {
    assertThatThrownBy(() -> new PoolCheck("1", text)).hasMessageContaining("output");
    assertThatThrownBy(() -> new PoolCheck(text, "1")).hasMessageContaining("input");
  }

  @Test
  void shouldRefuseATextThatIsTooLong() {
    String longest = '"' + "x".repeat(PoolCheck.MAX_BYTES - 2) + '"';
    assertThat(new PoolCheck(longest, "1").input()).hasSize(PoolCheck.MAX_BYTES);
    assertThatThrownBy(() -> new PoolCheck(' ' + longest, "1")).hasMessageContaining("bytes");
  }

  @Test
  void shouldReadWhatItWritesAndNothingElse() {
    PoolCheck check = new PoolCheck("{\"n\": 1}", "2");
    assertThat(PoolCheck.read(check.json())).isEqualTo(check);
    var strange = Json.createObjectBuilder(check.json()).add("more", "1").build();
    assertThatThrownBy(() -> PoolCheck.read(strange)).hasMessageContaining("nothing else");
    var number = Json.createObjectBuilder(check.json()).add("output", 2).build();
    assertThatThrownBy(() -> PoolCheck.read(number)).hasMessageContaining("texts");
  }
}
