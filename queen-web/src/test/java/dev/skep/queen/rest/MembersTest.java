package dev.skep.queen.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MembersTest {
  @Test
  void shouldListEverythingThatIsWrongAtOnce() {
    Members members = members("{\"nmae\":1,\"count\":1.5,\"deep\":{\"flag\":\"x\"}}");
    members.text("name", 1, 10);
    members.number("count", 1, 0, 5);
    members.object("deep", "flag").flag("flag");

    InvalidRequest found = catchThrowableOfType(InvalidRequest.class, members::check);
    assertThat(found.findings())
        .extracting(InvalidRequest.Finding::pointer)
        .containsExactly("/nmae", "/name", "/count", "/deep/flag");
    assertThat(found).hasMessageContaining("did you mean \"name\"?");
  }

  @Test
  void shouldReadWhatIsRight() {
    Members members = members("{\"name\":\"a\",\"count\":3,\"deep\":{\"flag\":true}}");
    assertThat(members.text("name", 1, 10)).isEqualTo("a");
    assertThat(members.number("count", 1, 0, 5)).isEqualTo(3);
    assertThat(members.object("deep", "flag").flag("flag")).isTrue();
    members.check();
  }

  @Test
  void shouldNotRepeatAHostileNameInFull() {
    assertThat(Names.shown("x".repeat(10_000))).hasSizeLessThan(100);
    assertThat(Names.shown("a\nb")).isEqualTo("a?b");
  }

  private static Members members(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return Members.of(JsonBody.object(body), "name", "count", "deep");
  }
}
