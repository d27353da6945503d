package dev.skep.queen.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-,0,99",
    "bytes=10-19,10,19",
    "bytes=90-1000,90,99",
    "bytes=-5,95,99",
    "bytes=-500,0,99"
  })
  void shouldReadOneRange(String header, long first, long last) {
    assertThat(ByteRange.parse(header, 100)).contains(new ByteRange(first, last));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bytes=-", "bytes=0-1,5-6", "lines=0-1", "bytes=a-b"})
  void shouldAnswerWholeWhenThereIsNoOneRange(String header) {
    assertThat(ByteRange.parse(header, 100)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=20-10", "bytes=-0"})
  void shouldRefuseARangeOutside(String header) {
    assertThatThrownBy(() -> ByteRange.parse(header, 100))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("range-not-satisfiable"));
  }

  @Test
  @Timeout(10)
  void shouldEndADownloadWhoseFileHasBecomeShorter(@TempDir Path folder) throws IOException {
    Path shorter = Files.writeString(folder.resolve("skep.jar"), "0123456789");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> new ByteRange(4, 19).copy(shorter, out))
        .isInstanceOf(EOFException.class);
    assertThat(out).hasToString("456789");
  }

  @Test
  void shouldSayWhatItSends() {
    assertThat(new ByteRange(10, 19).contentRange(100)).isEqualTo("bytes 10-19/100");
    assertThat(new ByteRange(10, 19).length()).isEqualTo(10);
  }
}
