package dev.skep.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class ProblemTest {
  private static final SkepException EXHAUSTED =
      SkepException.of("budget-exhausted", 402)
          .because("pool p has 0 left")
          .hint("Fund it with: skep pool fund");

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  @Test
  void shouldSurviveItsJsonForm() {
    Problem problem = EXHAUSTED.problem().withReference("ab12");
    assertThat(Problem.fromJson(json(problem.toJson().toString()))).isEqualTo(problem);
    assertThat(problem.toJson().getString("type")).isEqualTo("urn:skep:problem:budget-exhausted");
    assertThat(problem.title()).isEqualTo("Budget exhausted");
  }

  @Test
  void shouldKeepEverythingWhenThrownAgain() {
    SkepException again = EXHAUSTED.problem().toException();
    assertThat(again.problem()).isEqualTo(EXHAUSTED.problem());
    assertThat(again.fault()).isEqualTo(Fault.CALLER);
    assertThat(again.isRetryable()).isFalse();
  }

  @Test
  void shouldBlameThePlatformAndAllowARetryWhenUnavailable() {
    SkepException unavailable = SkepException.of("database-unavailable", 503);
    assertThat(unavailable.fault()).isEqualTo(Fault.PLATFORM);
    assertThat(unavailable.isRetryable()).isTrue();
  }

  @Test
  void shouldCutLongTextAndReplaceWhatTheDatabaseCannotStore() {
    Problem problem =
        SkepException.of("job-threw", 422).because("a\0b" + "x".repeat(10_000)).problem();
    assertThat(problem.detail()).hasSize(Problem.MAX_TEXT).startsWith("a\uFFFDb");
  }

  @Test
  void shouldRefuseWhatIsNotAProblem() {
    for (String text :
        new String[] {
          "{}",
          "{\"code\":\"UPPER\",\"fault\":\"JOB\"}",
          "{\"code\":7}",
          "{\"code\":\"x\",\"fault\":\"GOD\"}"
        }) {
      assertThatThrownBy(() -> Problem.fromJson(json(text)))
          .isInstanceOfSatisfying(
              SkepException.class, e -> assertThat(e.code()).isEqualTo("problem-malformed"));
    }
  }
}
