package dev.skep.provider.queen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueenUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://queen.example.org",
        "https://10.0.0.1:8081/",
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "http://[::1]:8080"
      })
  void shouldTakeHttpsAnywhereAndHttpOnThisMachine(String url) {
    assertThat(QueenUrl.parse(url).toString()).doesNotEndWith("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://queen.example.org",
        "http://10.0.0.1",
        "http://localhost.evil.org",
        "http://127.0.0.1.evil.org",
        "https://user:secret@queen.example.org",
        "https://queen.example.org?x=1",
        "ftp://localhost",
        "localhost:8080",
        "nonsense",
        ""
      })
  void shouldRefuseWhatWouldSendATokenInClear(String url) {
    assertThatThrownBy(() -> QueenUrl.parse(url))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("queen-url-refused"));
  }
}
