package dev.skep.provider.cli.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.provider.cli.Table;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InputsTextTest {
  @Test
  void shouldTellHowFarAPoolIs() {
    JsonObjectBuilder inputs = inputs(40, 2, 8).add("secondsLeft", 200).add("brought", true);

    assertThat(text("OPEN", 4, inputs))
        .contains("42 of 100 ended: 40 done, 2 failed", "8 running, about 3 min 20 s left");
  }

  @Test
  void shouldTellWhatAPoolWaitsFor() {
    assertThat(text("OPEN", 0, inputs(1, 0, 0).add("brought", true)))
        .contains("0 running, waiting for providers");
    assertThat(text("OPEN", 0, inputs(0, 0, 0).add("brought", false)))
        .contains("waiting for the file of inputs");
    assertThat(text("PAUSED", 0, inputs(1, 0, 0).add("brought", true))).doesNotContain("waiting");
  }

  @Test
  void shouldSayWhereTheResultsAre() {
    assertThat(text("CLOSED", 0, inputs(100, 0, 0).add("brought", true)))
        .contains("skep pool results P --output");
  }

  @Test
  void shouldSayNothingAboutAPoolWithoutInputs() {
    Table table = new Table();
    InputsText.rows(table, JsonObject.EMPTY_JSON_OBJECT);
    assertThat(table.lines()).isEmpty();
  }

  @Test
  void shouldWriteTimesAsPeopleSayThem() {
    assertThat(InputsText.time(Duration.ofSeconds(9))).isEqualTo("9 s");
    assertThat(InputsText.time(Duration.ofSeconds(61))).isEqualTo("1 min 01 s");
    assertThat(InputsText.time(Duration.ofMinutes(125))).isEqualTo("2 h 05 min");
  }

  private static JsonObjectBuilder inputs(int done, int failed, int running) {
    return Json.createObjectBuilder()
        .add("total", 100)
        .add("done", done)
        .add("failed", failed)
        .add("running", running)
        .add("left", 100 - done - failed);
  }

  private static String text(String state, int slots, JsonObjectBuilder inputs) {
    JsonObject pool =
        Json.createObjectBuilder()
            .add("id", "P")
            .add("state", state)
            .add("slotsTaken", slots)
            .add("inputs", inputs)
            .build();
    Table table = new Table();
    InputsText.rows(table, pool);
    return String.join("\n", table.lines());
  }
}
