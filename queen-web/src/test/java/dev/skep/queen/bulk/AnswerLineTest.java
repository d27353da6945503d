package dev.skep.queen.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.queen.dispatch.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerLineTest {
  private static final JobId JOB = JobId.parse("019b76da-a800-7602-91b3-ca5d5a171600");
  private static final BulkLine LINE = line("{\"input\":[1, 2],\"key\":\"a\\\"b\"}");

  @Test
  void shouldPassInputsAndKeysOnAsTheyWereWritten() {
    assertThat(LINE.key()).isEqualTo("a\"b");
    assertThat(text(LINE.quotedKey())).isEqualTo("\"a\\\"b\"");
    assertThat(text(LINE.input())).isEqualTo("[1, 2]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"key\":\"a\"}|line-malformed",
        "{\"input\":1}|line-malformed",
        "{\"key\":\"a\",\"input\":1,\"more\":2}|line-malformed",
        "{\"key\":\"a\",\"input\":1,\"key\":\"b\"}|input-malformed",
        "{\"key\":7,\"input\":1}|idempotency-key-malformed",
        "{\"key\":\"\",\"input\":1}|idempotency-key-malformed",
        "{\"key\":\"a b\",\"input\":1}|idempotency-key-malformed",
        "[1]|input-malformed",
        "{\"key\":|input-malformed"
      })
  void shouldRefuseOtherLines(String text, String code) {
    assertThatThrownBy(() -> line(text))
        .isInstanceOfSatisfying(SkepException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void shouldRefuseAnInputThatIsTooDeep() {
    assertThatThrownBy(() -> line("{\"key\":\"a\",\"input\":" + "[".repeat(200) + "}"))
        .hasMessageContaining("deeper");
  }

  @Test
  void shouldKeepAnAnswerOnOneLine() {
    assertThat(ended("{\"a\":\n1}\r\n"))
        .isEqualTo(
            "{\"key\":\"a\\\"b\",\"job\":\""
                + JOB
                + "\",\"output\":{\"a\": 1}  ,\"cost\":\"7\"}\n");
  }

  @Test
  void shouldNotLetAProviderForgeTheAnswerToAnotherLine() {
    assertThat(ended("1,\"cost\":\"0\"}\n{\"key\":\"victim\",\"output\":666"))
        .contains("output-invalid", "PROVIDER")
        .doesNotContain("victim");
  }

  private static String ended(String output) {
    byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
    Answer answer = new Answer(JOB, JobState.COMPLETED, bytes, null, TokenAmount.of(7));
    return text(AnswerLine.ended(LINE, answer));
  }

  private static BulkLine line(String text) {
    return BulkLine.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
