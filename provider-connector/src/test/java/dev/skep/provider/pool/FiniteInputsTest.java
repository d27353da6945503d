package dev.skep.provider.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiniteInputsTest {
  @TempDir Path folder;

  @Test
  void shouldCountAndHashTheLinesOfAFile() throws IOException {
    Files.writeString(folder.resolve("in.jsonl"), "1\n\n{\"a\": 2}\n");

    FiniteInputs inputs = of("in.jsonl");

    assertThat(inputs.json().toString())
        .isEqualTo(
            "{\"count\":2,\"sha256\":"
                + "\"16cf52ce27a55b91095d76a500a37a6df9535841f07fd027858bd2d0bee874b5\"}");
    assertThat(inputs.file()).containsValue(folder.resolve("in.jsonl"));
  }

  @Test
  void shouldTakeNumbersWithoutAFile() {
    PoolConfig.Inputs range = new PoolConfig.Inputs("", -3, 7);

    FiniteInputs inputs = FiniteInputs.of(Optional.of(range), folder).orElseThrow();

    assertThat(inputs.json().toString()).isEqualTo("{\"count\":10,\"first\":-3}");
    assertThat(inputs.file()).isEmpty();
  }

  @Test
  void shouldRefuseBeforeAnythingIsListed() throws IOException {
    Files.writeString(folder.resolve("bad.jsonl"), "1\n2\nthree\n");
    Files.writeString(folder.resolve("blank.jsonl"), "\n \n");
    try (RandomAccessFile large = new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
      large.setLength(FiniteInputs.MOST_BYTES + 1);
    }

    assertThatThrownBy(() -> of("bad.jsonl")).hasMessageContaining("line 3 of the inputs");
    assertThatThrownBy(() -> of("blank.jsonl")).hasMessageContaining("has 0 lines");
    assertThatThrownBy(() -> of("large")).hasMessageContaining("skep pool run");
    assertThatThrownBy(() -> of("absent.jsonl")).hasMessageContaining("cannot read");
  }

  private FiniteInputs of(String file) {
    return FiniteInputs.of(Optional.of(new PoolConfig.Inputs(file, 0, 0)), folder).orElseThrow();
  }
}
