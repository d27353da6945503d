package dev.skep.provider.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.protocol.SkepException;
import dev.skep.provider.data.OwnData;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataReaderTest {
  private static final String SET = "'sha256':'%s','files':1,'bytes':2".formatted("ab".repeat(32));

  @TempDir Path models;

  private DataReader reader;
  private Path kept;

  @BeforeEach
  void setUp() throws IOException {
    reader = new DataReader(models, (name, set) -> () -> Path.of("/fetched", name, set.sha256()));
    kept = Files.createDirectory(models.resolve("some--model"));
    Files.writeString(kept.resolve("config.json"), "{}");
  }

  private static JsonObject spec(String json) {
    try (var reader = Json.createReader(new StringReader(json.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  private Path model(String more) {
    return reader
        .models(spec("{'models':[{'name':'some/model'" + more + "}]}"))
        .get(0)
        .folder()
        .path();
  }

  @Test
  void shouldFetchWhatTravelsWithThePool() {
    var data = reader.data(spec("{'data':[{'name':'words'," + SET + "}]}")).get(0);

    assertThat(data.target()).isEqualTo("/data/words");
    assertThat(data.folder().path()).hasToString("/fetched/words/" + "ab".repeat(32));
    assertThat(model("," + SET)).hasToString("/fetched/some/model/" + "ab".repeat(32));
    assertThat(reader.data(spec("{}"))).as("an older spec").isEmpty();
  }

  @Test
  void shouldHoldWhatThisMachineKeepsToThePinnedHash() {
    String right = OwnData.read("it", kept).manifest().sha256();

    assertThat(model("")).isEqualTo(kept);
    assertThat(model(",'sha256':'" + right + "'")).isEqualTo(kept);
    SkepException other =
        catchThrowableOfType(
            SkepException.class, () -> model(",'sha256':'" + "cd".repeat(32) + "'"));
    assertThat(other.code()).isEqualTo("model-mismatch");
    assertThat(other).hasMessageContaining(right);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/b", "A", ".hidden", ""})
  void shouldRefuseNamesThatLeadOutOfTheMountPoint(String name) {
    JsonObject spec = spec("{'data':[{'name':'" + name + "'," + SET + "}]}");

    assertThatThrownBy(() -> reader.data(spec)).isInstanceOf(IllegalArgumentException.class);
  }
}
